"""What is to be made or bought for the market, period by period."""
