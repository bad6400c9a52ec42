"""The roads of openings, applicants and offers."""

from dougong import Ask, State, Step, Workflow, _, later, pgettext

OPENING_STEPS = Workflow(
    "hr.openings",
    states=[
        State("draft", _("Draft"), editable=True),
        State("published", _("Published"), "green", editable=True),
        State("closed", _("Closed")),
    ],
    steps=[
        Step(
            "publish",
            _("Publish"),
            ["draft", "closed"],
            "published",
            needs="hr.opening.publish",
            effect=later("dougong_hr.recruitment.service:publish_openings"),
            primary=True,
            icon="world",
        ),
        Step("close", _("Close"), ["published"], "closed", needs="hr.opening.publish", icon="lock"),
    ],
)

APPLICANT_STEPS = Workflow(
    "hr.applicants",
    states=[
        State("open", pgettext("applicant", "In the running"), "blue", editable=True),
        State("hired", _("Hired"), "green"),
        State("refused", _("Refused"), "red", aside=True),
    ],
    steps=[
        Step(
            "hire",
            _("Hire"),
            ["open"],
            "hired",
            needs="hr.applicant.hire",
            effect=later("dougong_hr.recruitment.hiring:hire_applicants"),
            primary=True,
            icon="user-plus",
            confirm=_("A file and a contract are prepared from the accepted offer."),
            asks=[Ask("on", _("First day"), "date")],
        ),
        Step(
            "refuse",
            _("Refuse"),
            ["open"],
            "refused",
            needs="hr.applicant.write",
            effect=later("dougong_hr.recruitment.service:refuse_applicants"),
            icon="x",
            asks=[Ask("reason", _("Reason"))],
        ),
        Step(
            "reopen",
            _("Open again"),
            ["refused"],
            "open",
            needs="hr.applicant.write",
            icon="arrow-back",
        ),
    ],
)

OFFER_STEPS = Workflow(
    "hr.offers",
    states=[
        State("draft", _("Draft"), editable=True),
        State("sent", _("Sent"), "blue"),
        State("accepted", _("Accepted"), "green"),
        State("declined", _("Declined"), "red", aside=True),
    ],
    steps=[
        Step(
            "send", _("Send"), ["draft"], "sent", needs="hr.offer.send", primary=True, icon="send"
        ),
        Step(
            "accept",
            _("Accepted"),
            ["sent"],
            "accepted",
            needs="hr.offer.send",
            effect=later("dougong_hr.recruitment.service:accept_offers"),
            primary=True,
            icon="circle-check",
        ),
        Step("decline", _("Declined"), ["sent"], "declined", needs="hr.offer.send", icon="x"),
    ],
)
