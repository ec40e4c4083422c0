"""The English words on screen: one mapping a widget, the keys a locale's file uses too.

Facts stand in braces. Counted words have a form for each plural category of the language (``_one``,
``_other``, and where the language has them ``_two``, ``_few``, ``_many``). The views' words are in
``words_views``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LINE = (
    "ready",
    "saving",
    "saved",
    "received",
    "traceless",
    "refused",
    "two_versions",
    "offline",
    "lost",
    "lost_notebook",
    "saving_unstored",
    "offline_unstored",
    "lost_unstored",
    "try_again",
    "load_again",
)
"""Those of ``EXERCISE`` that say what is saved; a frame around several exercises says them for all."""

EXERCISE: Mapping[str, str] = MappingProxyType(
    {
        # The line that says what is saved.
        "ready": "Saves as you write",
        "saving": "Saving",
        "saved": "Saved {time}",
        "received": "Handed to the notebook {time}",
        "traceless": "Nothing is saved here",
        "refused": "Not saved yet: one answer needs another look",
        "two_versions": "Not saved yet: there are two versions of one answer",
        "offline": "Not connected. Your words are kept on this page.",
        "lost": "Not connected. Your words are kept in this browser. Load the page again to go on.",
        "lost_notebook": "Not connected. Your words are kept in this browser. Run the cell again to go on.",
        "saving_unstored": "Saving. This browser keeps no copy, so leave the page open until it says saved.",
        "offline_unstored": "Not connected. Your words are on this page only: leave it open.",
        "lost_unstored": "Not connected. Your words are on this page only: copy what you need first.",
        "try_again": "Try again",
        "load_again": "Load the page again",
        # What went wrong with one reply.
        "failed": "This could not be saved, and it is our mistake, not yours. What you wrote is still here.",
        "date_partial": "This day is not complete yet. Day, month and year make it one.",
        "unknown_kind": "“{ask}” is asked in a way that this version cannot show.",
        # What was written before.
        "past": "Earlier versions",
        "past_fetching": "Looking for them",
        "past_none": "There are none: nothing here had other words before.",
        "past_no_answer": "No answer came. Close and open this again when the page is connected.",
        "past_now": "Now",
        "past_before": "Before",
        "past_item": "{ask} (number {number})",
        "past_bring_back": "Bring this back",
        "past_brought_back": "Brought back. What stood there is kept as an earlier version.",
        # Around a question.
        "line": "Line {line}",
        "private": "Private: stays with you unless you share it.",
        "private_never": "Stays with you. It can never be shared.",
        "evidence": "Where this comes from",
        # Choosing.
        "not_rated": "Not rated",
        "no_answer": "No answer",
        "other": "Something else",
        "own_words": "In your own words",
        "own_label": "Something of your own",
        "own_add": "Add",
        "own_added": "“{words}” is added.",
        "ticked_of": "{ticked} of {count} ticked",
        # Putting in order.
        "rank_empty": "Nothing is in order yet. Start with what matters most.",
        "rank_add": "Put {what} next in the order",
        "rank_grip": "{what}, place {place} of {count}. Arrow keys move it.",
        "rank_up": "Move {what} up",
        "rank_down": "Move {what} down",
        "rank_out": "Take {what} out of the order",
        "rank_moved": "{what} is now number {place} of {count}.",
        "rank_out_done": "{what} is out of the order.",
        # Sorting cards.
        "cards_all": "Show all of them",
        "cards_left_one": "{count} card to sort",
        "cards_left_other": "{count} cards to sort",
        "cards_done": "All cards are sorted",
        "card_lay": "Lay “{what}” on “{pile}”",
        "card_laid": "“{what}” now lies on “{pile}”.",
        "card_back": "“{what}” is not sorted now.",
        "card_where": "Where “{what}” lies",
        "card_unsorted": "Not sorted",
        "card_away": "Take it away",
        "pile_empty": "Nothing here yet",
        "own_card": "A card of your own",
        "own_card_hint": "Then choose where it lies:",
        "own_card_lay": "Lay your own card on “{pile}”",
        # Lists of small forms.
        "item_delete": "Delete",
        "item_delete_name": "Delete {name}",
        "item_deleted": "{name} is deleted.",
        "item_undo": "Bring it back",
        # The timed page.
        "timed_ask": "How shall this page treat what you write? You choose before the first word.",
        "timed_keep": "Keep as I write",
        "timed_keep_hint": "Saved like everything else, for your eyes only.",
        "timed_traceless": "Leave no trace",
        "timed_traceless_hint": "Nothing is saved anywhere. When you leave this page, the words are gone.",
        "timed_kept": "Kept as you write, for your eyes only.",
        "timed_untraced": "Nothing here is saved. When you leave or load this page, the words are gone.",
        "timed_wipe": "Clear the page",
        "timed_wiped": "The page is clear. Nothing was kept.",
        "timed_keep_after_all": "Keep these words after all",
        "clock_before": "About {minutes} minutes. The clock starts with your first word.",
        "clock_left_one": "About {count} of {minutes} minutes left",
        "clock_left_other": "About {count} of {minutes} minutes left",
        "clock_over": "The {minutes} minutes are over. Stop here or write on, as you like.",
        # Two versions of one reply.
        "versions_title": "There are two versions of this answer",
        "versions_hint": "It was changed in another window too. Both are kept until you choose.",
        "version_mine": "Written here",
        "version_theirs": "Written elsewhere",
        "version_when": "{when}",
        "version_when_unknown": "Time not known",
        "version_empty": "Left empty",
        "version_chosen": "Done. That version is the answer now.",
        "keep_mine": "Keep this one",
        "take_theirs": "Take this one",
        "join_both": "Join both",
    }
)
"""Of ``Exercise``."""
