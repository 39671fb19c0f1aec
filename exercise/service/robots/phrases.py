"""The words robots use: plain sentences, so that a timeline of robots can be read."""

from collections.abc import Mapping
from types import MappingProxyType

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
        "proportionality": ("The step is limited, reversible and announced.",),
        "decline": ("The text says more than the evidence carries.",),
        "session": (
            "Session on “{subject}”: what is known, who needs what, what we say.",
        ),
    }
)
