"""People, roles, companies and the history at the command line."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def runtime(make_runtime):
    return make_runtime()


def test_the_first_administrator_comes_in_by_command(run_cli):
    made = run_cli("user", "add", "Ann", "--role", "administrator", "--json")

    assert made.exit_code == 0, made.output
    assert len(json.loads(made.output)["password"]) > 20
    (ann,) = json.loads(run_cli("user", "list", "--json").output)
    assert (ann["login"], ann["roles"], ann["companies"]) == ("ann", ["administrator"], ["MAIN"])


def test_a_password_from_the_input_is_not_printed(run_cli):
    made = run_cli("user", "add", "ann", "--password-stdin", input="three quiet words\n")

    assert made.exit_code == 0, made.output
    assert "three quiet" not in made.output
    assert "shown only now" not in made.output


def test_roles_are_given_and_taken_by_command(run_cli):
    run_cli("user", "add", "ann")

    assert run_cli("user", "role", "add", "ann", "reader", "--company", "MAIN").exit_code == 0
    (ann,) = json.loads(run_cli("user", "list", "--json").output)
    assert ann["roles"] == ["reader (MAIN)"]
    assert run_cli("user", "role", "remove", "ann", "reader", "--company", "MAIN").exit_code == 0
    assert json.loads(run_cli("user", "list", "--json").output)[0]["roles"] == []
    assert run_cli("user", "role", "add", "ann", "emperor").exit_code == 1


def test_the_last_administrator_cannot_be_shut_out_by_command_either(run_cli):
    run_cli("user", "add", "ann", "--role", "administrator")

    refused = run_cli("user", "disable", "ann")

    assert refused.exit_code == 1
    assert "last administrator" in refused.output


def test_the_head_of_the_history_is_kept_and_compared(run_cli, tmp_path):
    run_cli("user", "add", "ann")
    kept = tmp_path / "head.json"

    assert run_cli("audit", "head", "--output", str(kept)).exit_code == 0
    run_cli("company", "add", "CN", "北京", "--currency", "CNY")
    checked = run_cli("audit", "verify", "--head", str(kept), "--json")

    assert checked.exit_code == 0, checked.output
    assert json.loads(checked.output)["ok"] is True


def test_a_history_that_was_rewritten_gives_exit_code_one(run_cli, runtime):
    from sqlalchemy import text

    from dougong.triggers import unprotect

    run_cli("user", "add", "ann")
    with runtime.engine.begin() as connection:
        unprotect(connection, "core_audit", name="append_only")
        connection.execute(text("UPDATE core_audit SET user_name = 'nobody'"))

    assert run_cli("audit", "verify").exit_code == 1
    assert run_cli("check", "core.audit").exit_code == 1
