"""What happened: no end, only a plan, the effect for its cause, no sum, a part for the whole, another party."""

from __future__ import annotations

import pytest

from pmbot.answering import event_guards
from tests.fakes_answering import World

NAMES = "See Ana Gil and Otto Berg of Quindle and Frobnik in Norway, in Chile, and see Oslo."
TOPIC = "See Oslo and Oslo, see Oslo in Norway, in Norway and in Norway."  # what a document is all about is asked about tacitly


@pytest.mark.parametrize(
    ("guard", "question", "document", "refused"),
    [
        ("effect_untold", "Why was the bridge closed?", "Ana Gil was late because the bridge was closed.", True),
        ("effect_untold", "Why was the alarm triggered?", "Ana Gil left after the alarm was triggered.", True),
        ("effect_untold", "Why was the bridge closed?", "The bridge was closed because it was old.", False),
        ("effect_untold", "Why was the bridge closed?", "After the storm, the bridge was closed.", False),
        ("effect_untold", "Why was the bridge closed?", "Ana Gil left after the bridge was closed due to rust.", False),
        ("effect_untold", "When was the bridge closed?", "Ana Gil was late because the bridge was closed.", False),
        ("end_untold", "When does the fair end?", "The fair is planned for May 2026.", True),
        ("end_untold", "Until when is the fair open?", "The fair is open from 15 January 2025.", True),
        ("end_untold", "When does the fair end?", "The fair will close in May 2026.", False),
        ("end_untold", "When does the fair close?", "All of the fair is gone by 9 May 2026.", False),
        ("end_untold", "When was the end of the fair told?", "It was told in May 2026.", False),
        ("sum_untold", "What does it cost to see the house?", "The house was seen by 94 people.", True),
        ("sum_untold", "How many euros is the house worth?", "The house has 94 lamps.", True),
        ("sum_untold", "How much are clerks compensated for the bread?", "Clerks are compensated for 27 grams of bread.", True),
        ("sum_untold", "What does it cost to see the house?", "It costs 9 euros to see the house.", False),
        ("sum_untold", "What does it cost to see the house?", "The house is free for all.", False),
        ("sum_untold", "What did Ana Gil pay for?", "Ana Gil paid for the house.", False),
        ("sum_untold", "How many lamps has the house?", "The house has 94 lamps.", False),
        ("total_untold", "How many members does Quindle have in total?", "Sixty members of Quindle gathered in May.", True),
        ("total_untold", "How many members does Quindle have in total?", "Quindle has sixty members.", False),
        ("total_untold", "How many members of Quindle gathered?", "Sixty members of Quindle gathered in May.", False),
        ("only_planned", "By how much was the waste cut?", "We aim to cut the waste by 40 per cent.", True),
        ("only_planned", "Who was dismissed?", "Whoever lies may be dismissed by Ana Gil.", True),
        ("only_planned", "Has the agency granted the licence?", "We intend to drill, provided that the agency grants the licence.", True),
        ("only_planned", "Have the insurers given their consent?", "Work starts in May, subject to the consent of the insurers.", True),
        ("only_planned", "By how much was the waste cut?", "We cut the waste by 40 per cent.", False),
        ("only_planned", "Who was cured?", "Ana Gil is said to have cured Otto Berg.", False),
        ("only_planned", "By how much will the waste be cut?", "We aim to cut the waste by 40 per cent.", False),
        ("only_planned", "Has the agency granted the licence?", "The agency granted the licence if the well is deep.", False),
        ("party_of_other", "How long does Quindle take?", "Quindle mends lamps. | Frobnik takes ten days.", True),
        ("party_of_other", "How much is charged at Quindle?", "Quindle mends lamps. | A test by Frobnik is charged at 9 euros.", True),
        ("party_of_other", "How long does Quindle take?", "Quindle mends lamps for Frobnik. | It takes ten days.", False),
        ("party_of_other", "How long does Quindle take?", "Quindle mends lamps. | Mending takes ten days.", False),
        ("party_of_other", "How long does Quindle take?", "Frobnik mends lamps. | Quindle takes ten days.", False),
        ("party_of_other", "What does Quindle take?", "Quindle mends lamps. | Frobnik takes ten days.", False),
    ],
)
def test_what_happened(guard: str, question: str, document: str, refused: bool) -> None:
    case = World({"a.txt": f"{document}\n\n{NAMES}\n\n{TOPIC}"}).case(question, document.rsplit(" | ", maxsplit=1)[-1])
    assert (getattr(event_guards, guard)(case) is not None) is refused
