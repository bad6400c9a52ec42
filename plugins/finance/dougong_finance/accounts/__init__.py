"""Accounts: the chart, and which account serves which purpose."""
