"""Confidence-building measures: OSCE, United Nations, OAS and ASEAN Regional Forum."""

from exercise.domain.catalogue.entry import rows

_OSCE = (
    (
        "1",
        "Share national views on threats",
        "Exchange national views on threats to and from ICTs.",
    ),
    (
        "2",
        "Ease cooperation of authorities",
        "Ease cooperation and the exchange of information between competent bodies.",
    ),
    (
        "3",
        "Consult to lower risk",
        (
            "Hold consultations to lower the risk of misperception, tension or "
            "conflict and to protect critical ICT infrastructure."
        ),
    ),
    (
        "4",
        "Share measures for an open Internet",
        (
            "Share what is done to keep the Internet open, interoperable, secure and "
            "reliable."
        ),
    ),
    (
        "5",
        "Use the OSCE as a platform",
        (
            "Use the OSCE for dialogue, best practice and information on "
            "capacity-building."
        ),
    ),
    (
        "6",
        "Have laws that allow cooperation",
        (
            "Have national legislation that allows cooperation and timely exchange of "
            "information against crime and terrorism."
        ),
    ),
    (
        "7",
        "Share organisation and strategies",
        (
            "Share national organisation, strategies, policies and programmes, "
            "including cooperation between public and private sector."
        ),
    ),
    (
        "8",
        "Nominate a contact point",
        "Nominate a contact point and keep its data current.",
    ),
    (
        "9",
        "Share terminology",
        "Share national terminology to avoid misunderstanding.",
    ),
    (
        "10",
        "Use OSCE platforms and networks",
        "Exchange views through OSCE platforms and its communications network.",
    ),
    (
        "11",
        "Meet regularly",
        "Let designated experts meet regularly, at least three times a year.",
    ),
    (
        "12",
        "Hold workshops and exchanges",
        "Hold workshops, seminars and exchanges among States, regionally too.",
    ),
    (
        "13",
        "Protect channels of communication",
        (
            "Use protected channels to prevent and reduce misperception; clarify the "
            "technical, legal and diplomatic ways to deal with requests."
        ),
    ),
    (
        "14",
        "Promote public-private partnerships",
        "Promote partnerships of public and private sector and exchange good practice.",
    ),
    (
        "15",
        "Cooperate on critical infrastructure",
        (
            "Encourage regional cooperation of authorities responsible for critical "
            "infrastructure on shared and cross-border networks."
        ),
    ),
    (
        "16",
        "Report vulnerabilities and share remedies",
        "Encourage responsible reporting of vulnerabilities and share remedies.",
    ),
)

_UN = (
    (
        "1",
        "Use the points of contact directory",
        "Nominate national points of contact and use the global directory.",
    ),
    (
        "2",
        "Keep exchanging views",
        (
            "Keep exchanging views and consult bilaterally, regionally, across regions "
            "and multilaterally."
        ),
    ),
    (
        "3",
        "Share information voluntarily",
        "Share concept papers, strategies, policies, legislation and good practice.",
    ),
    (
        "4",
        "Develop and exercise measures together",
        (
            "Create opportunities to develop and exercise confidence-building measures "
            "together."
        ),
    ),
    (
        "5",
        "Cooperate on capacity",
        (
            "Exchange information on cooperation and partnerships that strengthen ICT "
            "security capacity and the use of these measures."
        ),
    ),
    (
        "6",
        "Hold seminars and training",
        "Organise seminars, workshops and training regularly.",
    ),
    (
        "7",
        "Protect critical infrastructure",
        (
            "Exchange information and good practice on protecting critical "
            "infrastructure and critical information infrastructure."
        ),
    ),
    (
        "8",
        "Strengthen public-private partnership",
        "Strengthen partnership of public and private sector on ICT security.",
    ),
)

_OAS = (
    (
        "1",
        "Share national policies",
        "Share national policies, strategies and legal frameworks.",
    ),
    (
        "2",
        "Name a political contact",
        "Name a contact at political level to discuss cyber threats in the hemisphere.",
    ),
    (
        "3",
        "Name foreign ministry contacts",
        "Name contact points in foreign ministries.",
    ),
    (
        "4",
        "Build capacity in cyber diplomacy",
        "Develop and strengthen capacity in cyber diplomacy.",
    ),
    (
        "5",
        "Train diplomats",
        "Include cyber content in the training of diplomats.",
    ),
    (
        "6",
        "Foster dialogue and agreements",
        "Foster working groups, dialogue and agreements.",
    ),
)

_ARF = (
    (
        "TRANSPARENCY",
        "Promote transparency",
        "Promote transparency and develop confidence-building measures.",
    ),
    ("AWARENESS", "Raise awareness", "Raise awareness of threats to ICT security."),
    (
        "CI",
        "Protect critical infrastructure",
        "Cooperate in protecting critical infrastructure.",
    ),
    (
        "CRIME",
        "Respond to crime and terrorism",
        "Improve cooperation against criminal and terrorist use of ICTs.",
    ),
)

_GOVERNING = (
    (
        "DIRECTORY",
        "Global points of contact directory",
        (
            "A voluntary directory of diplomatic and technical contact points, run by "
            "the United Nations since May 2024."
        ),
    ),
    (
        "PING",
        "Communication check",
        "A message that only asks the other side to show that it is there.",
    ),
)

MEASURES = (
    *rows(
        "OSCE-CBM",
        "OSCE Permanent Council decisions 1106 (2013) and 1202 (2016)",
        _OSCE,
        verified=True,
    ),
    *rows(
        "UN-CBM",
        "UN OEWG 2021–2025, progress reports A/78/265 and A/79/214",
        _UN,
        verified=False,
    ),
    *rows(
        "OAS-CBM",
        "OAS, CICTE/RES.1/17 (2017) and later resolutions",
        _OAS,
        verified=True,
    ),
    *rows(
        "ARF",
        "ASEAN Regional Forum, work plan on ICT security (2015)",
        _ARF,
        verified=True,
    ),
    *rows(
        "POC",
        "UN global intergovernmental points of contact directory",
        _GOVERNING,
        verified=True,
    ),
)
