"""Another kind of thing, a share of another, no name: what is told is not what is asked."""

from __future__ import annotations

import pytest

from pmbot.answering import kind_guards
from tests.fakes_answering import World

NAMES = "See Ana Gil and Quindle and Frobnik in Norway, in Chile, and see Oslo."


@pytest.mark.parametrize(
    ("guard", "question", "sentence", "refused"),
    [
        ("start_untold", "Since when is the trade so big?", "The trade is big, reaching €3 million in 2023.", True),
        ("start_untold", "Since when is the line closed?", "The line has been closed since 2023.", False),
        ("start_untold", "When was the line closed?", "The line was closed in 2023.", False),
        ("premise_denied", "When was the stove installed?", "The stove arrived on 2 October but has not been installed.", True),
        ("premise_denied", "Who will install the stove?", "The stove has never been installed by us.", True),
        ("premise_denied", "When was the stove installed?", "The stove was installed in May, not in June.", False),
        ("premise_denied", "When was the stove not installed?", "The stove was not installed in May.", False),
        ("premise_denied", "What was installed?", "The stove was not installed in May.", False),
        ("other_turn", "Where is the next fair?", "The fair was held in Norway.", True),
        ("other_turn", "Where is the next fair?", "The fair will be held in Norway.", False),
        ("other_turn", "Where is the fair next to?", "The next fair is in Norway.", False),
        ("other_turn", "Where is the fair?", "The fair is in Norway.", False),
        ("settlement_untold", "In which city is the office of Quindle?", "Quindle opened an office in Norway.", True),
        ("settlement_untold", "In which city is the office of Quindle?", "Quindle opened an office in Oslo.", False),
        ("settlement_untold", "In which country is the office of Quindle?", "Quindle opened an office in Norway.", False),
        (
            "share_of_other",
            "What share of the turnover are lamps?",
            "Lamps make up 27% of all exports, with a turnover of €2 million.",
            True,
        ),
        ("share_of_other", "What share of the budget is paid by Oslo?", "The budget is small, 27% of which is paid by Oslo.", False),
        ("share_of_other", "What share of exports are lamps?", "Lamps make up 27% of all exports.", False),
        ("share_of_other", "What share of the budget did lamps cover?", "Lamps covered 27% of it.", False),
        ("share_of_other", "What share of the budget did lamps cover?", "The budget is 27% lamps.", False),
        ("share_of_other", "How much of the budget is it?", "It is €3 million of sand.", False),
        ("name_untold", "What is the ship called?", "The ship is green.", True),
        ("name_untold", "What is the ship called?", "The ship Frobnik is green.", False),
        ("name_untold", "What is the ship called?", "The ship, the Frobnik, is green.", False),
        ("name_untold", "What is the ship called?", "Frobnik, the first and largest ship, is green.", False),
        ("name_untold", "What is the ship called?", "The ship is known as green.", False),
        ("name_untold", "What is the ship?", "The ship is green.", False),
        ("agent_elsewhere", "What was opened by Frobnik?", "In May Quindle opened an office.", True),
        ("agent_elsewhere", "What was opened by Frobnik?", "It opened an office.", False),
        ("agent_elsewhere", "What was opened by Frobnik?", "Frobnik opened an office.", False),
        ("agent_elsewhere", "What was opened by 1990?", "In June Quindle opened an office.", False),
        ("rank_of_other", "Which rank do lamps have in employment?", "Lamps rank fourth in exports.", True),
        ("rank_of_other", "Which rank do lamps have in exports?", "Lamps rank fourth in exports.", False),
        ("rank_of_other", "How many lamps are in employment?", "Lamps rank fourth in exports.", False),
    ],
)
def test_kinds(guard: str, question: str, sentence: str, *, refused: bool) -> None:
    case = World({"a.txt": f"{sentence}\n\n{NAMES}"}).case(question, sentence)
    assert (getattr(kind_guards, guard)(case) is not None) == refused
