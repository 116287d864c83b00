"""The reason, the doer, the place and the words that a sentence leaves untold."""

from __future__ import annotations

import pytest

from pmbot.answering import untold
from pmbot.answering.case import Refusal
from tests.fakes_answering import World

NAMES = "See Ana Gil and Otto Berg of Quindle and Frobnik in Norway, in Chile, and see Oslo."


@pytest.mark.parametrize(
    ("guard", "question", "sentence", "refused"),
    [
        ("reason_untold", "Why did Ana Gil open the bridge?", "Ana Gil opened the bridge in May.", True),
        ("reason_untold", "Why was the bridge closed to cars?", "The bridge was closed to cars in May.", True),
        ("reason_untold", "Why is the bridge closed?", "The bridge is closed since 2007.", True),
        ("reason_untold", "Why did Ana Gil open it?", "It was named after Ana Gil, who opened it.", True),
        ("reason_untold", "Why is the bridge closed?", "The bridge is closed because it is old.", False),
        ("reason_untold", "Why is the bridge closed?", "The bridge is closed due mainly to rust.", False),
        ("reason_untold", "Why did Ana Gil open the bridge?", "Ana Gil opened the bridge to save time.", False),
        ("reason_untold", "Why did Ana Gil win the prize?", "Ana Gil won the prize for her lamps.", False),
        ("reason_untold", "Why is the bridge closed?", "The bridge is closed on the ground floor.", True),
        ("reason_untold", "Why is the bridge closed?", "The bridge is closed, as usual.", True),
        ("reason_untold", "Why was Ana Gil absent?", "Ana Gil, who was recovering from a fall, was absent.", False),
        ("reason_untold", "When did Ana Gil open the bridge?", "Ana Gil opened the bridge in May.", False),
        ("reason_untold", "What caused the fire?", "The fire closed the bridge in May.", True),
        ("reason_untold", "What caused the fire?", "A lamp caused the fire.", False),
        ("doer_untold", "Who appointed Ana Gil?", "Ana Gil was appointed in May.", True),
        ("doer_untold", "Who named Quindle?", "It was newly named Quindle in May.", True),
        ("doer_untold", "Who founded Quindle?", "The capital, Quindle, founded in 1625, is old.", True),
        ("doer_untold", "Who closed the bridge?", "The bridge was closed, and Ana Gil earned money by singing.", True),
        ("doer_untold", "Who founded Quindle?", "In 1625 Otto Berg, a Norwegian, founded Quindle.", False),
        ("doer_untold", "Who of the two saw Quindle?", "In May Quindle was of iron.", False),
        ("doer_untold", "Who appointed Ana Gil?", "Ana Gil was appointed by Otto Berg.", False),
        ("doer_untold", "Who appointed Ana Gil?", "Otto Berg appointed Ana Gil.", False),
        ("doer_untold", "Who is painting the bridge?", "The bridge was painted.", False),
        ("doer_untold", "Who took the minutes?", "Ana Gil was asked to take the minutes.", False),
        ("doer_untold", "Who approved the budget?", "Ana Gil said that the approved budget is small.", True),
        ("doer_untold", "Who founded Quindle?", "The fair is run by Quindle, a green club founded in 2003, with Frobnik.", True),
        ("doer_untold", "Who founded Quindle?", "Quindle is old: the green club founded in 2003 a school.", True),
        ("doer_untold", "Who approved the budget?", "Ana Gil approved the budget, and the approved budget is small.", False),
        ("doer_untold", "Who approved the budget?", "The budget was the approved.", False),
        ("doer_untold", "When was Ana Gil appointed?", "Ana Gil was appointed.", False),
        ("place_untold", "Where are the lamps of Quindle?", "The charge for lamps of Quindle was left at £14 a week.", True),
        ("place_untold", "Where is the study of lamps?", "The study of lamps was carried out by the Quindle Institute.", True),
        ("place_untold", "Where is the study of lamps?", "The study of lamps was carried out at the Quindle Institute.", False),
        ("object_of_other", "Who opened Quindle?", "At Quindle, the trial was opened by Ana Gil.", True),
        ("object_of_other", "Who leads Quindle?", "Ana Gil leads the trial at Quindle.", True),
        ("object_of_other", "Who leads Quindle?", "Quindle was led by Ana Gil.", False),
        ("object_of_other", "Who leads Quindle?", "Ana Gil leads the house of Quindle.", False),
        ("object_of_other", "Who leads Quindle?", "Ana Gil, who leads Quindle, slept.", False),
        ("object_of_other", "Who leads the trial?", "Ana Gil leads the house.", False),
        ("deed_untold", "What does Quindle do?", "Do not sleep if you are allergic to Quindle or trams.", True),
        ("deed_untold", "What does Quindle do?", "Quindle shortens the night.", False),
        ("deed_untold", "What does Quindle do?", "It is made of Quindle, which shortens the night.", False),
        ("deed_untold", "What did Quindle open?", "Do not sleep in Quindle.", False),
        ("holder_untold", "Who is the tenant?", "The lift is the tenant's affair.", True),
        ("holder_untold", "Who is the tenant?", "The lift is the affair of the tenant.", False),
        ("holder_untold", "Who is the tenant's lawyer?", "The tenant's lawyer slept.", False),
        ("succession_untold", "Who was the tenant before Ana Gil?", "Quindle lets it to Ana Gil, the tenant.", True),
        ("succession_untold", "Who was the tenant before Ana Gil?", "Ana Gil succeeded the tenant Otto Berg.", False),
        ("succession_untold", "Who was the tenant before the fire?", "The tenant is Ana Gil.", False),
        ("place_untold", "Where will the film be shown?", "The film will be shown by us in May.", True),
        ("place_untold", "Where will the film be shown?", "The film will be shown at the old bridge.", False),
        ("place_untold", "Where will the film be shown?", "Oslo: the film will be shown.", False),
        ("place_untold", "Where will the film be shown?", "Norway’s Ana Gil will show the film.", True),
        ("place_untold", "When will the film be shown?", "The film will be shown by us.", False),
        ("venue_untold", "Where was the lamp fair held?", "Nets are built in Oslo, says Ana Gil of the lamp fair.", True),
        ("venue_untold", "Where did the lamp fair take place?", "Nets are built in Oslo, says Ana Gil of the lamp fair.", True),
        ("venue_untold", "Where was the lamp fair held?", "Ana Gil opened the lamp fair in Oslo.", False),
        ("venue_untold", "Where was the lamp fair held?", "Oslo was host to the lamp fair.", False),
        ("venue_untold", "Where is the lamp fair?", "Nets are built in Oslo, says Ana Gil of the lamp fair.", False),
        ("speech_untold", "What did Ana Gil say?", "Ana Gil opened the bridge in May.", True),
        ("speech_untold", "What does Ana Gil state about Oslo?", "Ana Gil opened a bridge in Oslo.", True),
        ("speech_untold", "What did Ana Gil say?", "Ana Gil noted that the bridge is old.", False),
        ("speech_untold", "What did Ana Gil say?", "“The bridge is old”, so Ana Gil.", False),
        ("speech_untold", "What does the report say about Ana Gil?", "Ana Gil opened the bridge in May.", False),
        ("speech_untold", "What did Ana Gil open?", "Ana Gil opened the bridge in May.", False),
        ("speech_untold", "What is Quindle?", "Quindle is a bridge.", False),
    ],
)
def test_what_is_left_untold(guard: str, question: str, sentence: str, *, refused: bool) -> None:
    case = World({"a.txt": f"{sentence}\n\n{NAMES}"}).case(question, sentence)
    assert getattr(untold, guard)(case) == (Refusal("type_absent", ()) if refused else None)
