"""The words robots use: plain sentences, so that a timeline of robots can be read."""

from collections.abc import Mapping
from types import MappingProxyType

BASIS = "Needed to protect those it is about; no more than is needed, and no longer."
# Subjects of what names none.
MATTER = "this matter"
TODAY = "events of today"
TEXTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "notification": (
            "We inform you of “{subject}”. What we know follows; more as it comes.",
            "For your attention: “{subject}”. Our technical contact stands by.",
            "You should know of “{subject}”. Please treat this under its label.",
        ),
        "request": (
            "Regarding “{subject}”: what can you tell us, and by when?",
            "Before we say anything in public on “{subject}” we ask you directly.",
            "We would value your view on “{subject}” in private.",
        ),
        "answer": (
            "On “{subject}”: thank you for asking. This is what we can say today.",
            "We have looked into “{subject}” and will tell you of any change.",
            "Our answer on “{subject}”: we cooperate, and the line stays open.",
        ),
        "statement": (
            "On “{subject}”: we say what is established and nothing beyond it.",
            "We have seen the reports on “{subject}”. Work goes on; calm is in order.",
            "On “{subject}”: facts first. The next word comes within the hour.",
        ),
        "accusation": (
            "We know who is behind this and say so openly.",
            "Our patience is at an end. The author of this is known.",
        ),
        "measure": (
            "We respond to what was done to us. The step takes effect today.",
            "This is our answer. Others may follow.",
        ),
        "help": (
            "We ask for help with “{subject}”: people, equipment, and a date.",
            "With “{subject}” we need hands. Whoever can, please say when.",
        ),
        "offer": (
            "We can help with “{subject}” and give you a date below.",
            "Our people are ready to support you with “{subject}”.",
        ),
        "thanks": ("Accepted, with thanks.", "Thank you. We count on it."),
        "delivered": ("Done as promised.", "Delivered; tell us what is missing."),
        "confirmed": ("Received in full, with thanks.", "Confirmed on our side."),
        "refused": (
            "We have no capacity for this today, and say so at once.",
            "We cannot help with this ourselves and have passed it on.",
        ),
        "call": (
            "Good evening. Before anything is said in public, I ask you directly.",
            "Thank you for picking up. We would like to compare what we know.",
        ),
        "call_answer": (
            "I hear you. We shall look and come back through the contact point.",
            "Understood. You will have our answer in writing within the hour.",
        ),
        "question": (
            "On “{subject}”: who decided what you said, and on what evidence?",
            "Our readers ask about “{subject}”: what do you know, what do you not?",
        ),
        "article": (
            "“{subject}”: what is on record, who said it, and what nobody has shown.",
            "What we know of “{subject}”, and what each side has not answered yet.",
        ),
        "objection": (
            "This step touches people who did nothing. Under which law, for how long?",
            "Whose speech or data does this reach, and who may appeal against it?",
        ),
        "comply": (
            "We call on you to end this and to say what you have done about it.",
        ),
        "view": (
            "How we see the rules: what is unlawful offline is unlawful online.",
            "Our view, for the record: the law of States applies to their networks.",
        ),
        "advice": (
            "If you are affected by “{subject}”: change what was exposed, keep logs.",
            "On “{subject}”: update now, look for these signs, report what you find.",
        ),
        "exchange": (
            "On “{subject}”: our experts offer theirs an hour on what each has seen.",
        ),
        "confirmed_facts": (
            "“{subject}”: what is confirmed stands here, and nothing else does.",
        ),
        "mended": (
            "On our own networks we have closed what was open and keep watching.",
        ),
        "law": (
            "In our view the request has a basis; what it reaches must stay narrow.",
        ),
        "inquiry": (
            "Who prepared “{subject}”, with what means, and through whose networks.",
        ),
        "mistaken": (
            "We said more than was established and correct it here.",
            "On “{subject}” our earlier words were wrong. This is what stands.",
        ),
        "clause": (
            "The parties tell each other of any change before they speak in public.",
            "Nothing in this text prejudges who is responsible.",
        ),
        "remark": ("We can join with these words.", "Our lawyers ask for this."),
        "reservation": ("We read this text without prejudice to our own law.",),
        "own_title": ("Statement on open lines",),
        "own_text": (
            (
                "We keep our contact points staffed until this is over.\n\n"
                "We ask each other in private before we speak in public."
            ),
        ),
        "accusing_title": ("Joint statement on responsibility",),
        "accusing_text": (
            (
                "On the evidence shared among us we say who is responsible.\n\n"
                "We do so with the confidence stated here and no more."
            ),
        ),
        "proportionality": ("The step is limited, reversible and announced.",),
        "decline": ("The text says more than the evidence carries.",),
        "floor": (
            "On “{subject}”: we share what we know and ask others to do the same.",
            "On “{subject}” our teams stand by; our contact point is staffed all day.",
            "We thank the chair. “{subject}” needs facts first, then words.",
        ),
        "minutes": (
            "Heard: {subject} Those who spoke will keep their contact points open.",
            "Discussed: {subject} No one objected to sharing findings further.",
        ),
        "conclusion": (
            "The session on “{subject}” is closed; members report through the chair.",
        ),
        "session": (
            "Session on “{subject}”: what is known, who needs what, what we say.",
        ),
    }
)
