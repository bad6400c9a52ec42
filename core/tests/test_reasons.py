"""Why a document was cancelled, and why it can no longer be changed."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from shop import ORDER_STEPS

from dougong.actors import EVERYTHING
from dougong.errors import Invalid
from dougong.resources import steps
from dougong.web.resources.locks import _way
from dougong.workflows import Ask, State, Step, Workflow


@pytest.fixture
def cancelling(monkeypatch):
    """The shop's orders are cancelled with a reason that must be given."""
    cancel = Step("cancel", "Cancel", ["draft", "confirmed"], "cancelled",
                  needs="shop.order.write", reason="required")  # fmt: skip
    others = [step for step in ORDER_STEPS.steps if step.name != "cancel"]
    monkeypatch.setattr(ORDER_STEPS, "steps", [*others, cancel])
    return cancel


def test_the_reason_is_kept_in_history_trail_and_form(visit, stock, cancelling):
    browser, order = visit(), f"/shop/orders/{stock.order}"

    answer = browser.post(f"{order}/steps/cancel", data={"reason": "The customer gave up"})

    assert answer.status_code == 303
    for page in (f"{order}/history", f"{order}/trail", order):
        assert "The customer gave up" in browser.get(page).text


def test_a_step_that_must_have_a_reason_is_not_taken_without_one(visit, stock, cancelling):
    browser = visit()

    answer = browser.post(f"/shop/orders/{stock.order}/steps/cancel", data={"reason": " "})
    told = browser.post(f"/shop/orders/{stock.order}/steps/cancel", data={})

    assert (answer.status_code, told.status_code) == (422, 422)
    assert "Cancelled" not in browser.get(f"/shop/orders/{stock.order}").text.partition("<ol")[0]


def test_a_dragged_card_cannot_pass_over_the_question(visit, stock, cancelling):
    answer = visit().post(f"/shop/orders/{stock.order}/move", data={"lane": "cancelled"})

    assert answer.status_code == 409
    assert "asks for something first" in answer.text


def test_the_form_asks_for_it_in_the_dialog_of_the_step(visit, stock, cancelling):
    page = visit().get(f"/shop/orders/{stock.order}").text

    dialog = page.partition('id="ask-cancel"')[2].partition("</template>")[0]
    assert 'name="reason" required' in dialog


def test_a_closed_document_says_why_it_is_closed_and_what_opens_it(visit, stock, cancelling):
    browser = visit()
    browser.post(f"/shop/orders/{stock.order}/steps/confirm", data={})

    page = browser.get(f"/shop/orders/{stock.order}").text

    assert 'class="locked"' in page
    assert "can no longer be edited" in page
    assert "“Cancel” takes it back." in page


def test_the_effect_of_a_step_never_sees_the_reason(shop, me, stock, cancelling):
    noun = shop.nouns.get("shop.orders")
    sight = noun.sight(EVERYTHING)

    shop.run(me, lambda uow: steps.run_one(uow, noun, sight, "cancel", stock.order, reason="Late"))
    with pytest.raises(Invalid):
        steps.read_asked(cancelling, {"reason": ""})


def test_a_step_asks_for_one_reason_only():
    with pytest.raises(ValueError, match="asks for a reason of its own"):
        Step(
            "fail", "Fail", ["a"], "b", needs="x.y", asks=[Ask("reason", "Why")], reason="optional"
        )


def test_what_only_rests_for_a_while_is_not_said_to_take_anything_back():
    states = [
        State("on", "On"),
        State("paused", "Paused", aside=True),
        State("off", "Off", aside=True),
    ]
    pause = Step("pause", "Pause", ["on"], "paused", "shop.order.pause")
    resume = Step("resume", "Resume", ["paused"], "on", "shop.order.pause")
    stop = Step("stop", "Stop", ["on"], "off", "shop.order.stop")
    noun = SimpleNamespace(steps=Workflow("shop.things", states, [pause, resume, stop]))

    assert str(_way(noun, [(pause, "")])) == ""
    assert str(_way(noun, [(pause, ""), (stop, "")])) == "“Stop” takes it back."
