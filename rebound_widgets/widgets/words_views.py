"""The English words on screen of the views: one mapping a widget, the keys a locale's file uses too.

Facts stand in braces. Counted words have a form for each plural category of the language (``_one``,
``_other``, and where the language has them ``_two``, ``_few``, ``_many``).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "busy": "One moment",
        "no_answer": "No answer came. Nothing was changed here. Try again when the page is connected.",
        "failed": "That did not work, and it is our mistake, not yours. What you wrote is still there.",
        "copied": "Copied",
        "not_copied": "The browser would not copy it. Select the text and copy it yourself.",
        "new_tab": "opens in a new tab",
    }
)
"""Of ``Actions`` and ``Text``."""

STEPS: Mapping[str, str] = MappingProxyType(
    {
        "name": "Steps",
        "position": "{number} of {count}",
        "done": "done",
        "now": "you are here",
        "no_answer": "No answer came. Try again when the page is connected.",
        "failed": "That did not work, and it is our mistake, not yours. What you wrote is still there.",
    }
)
"""Of ``Steps``."""

BREATHING: Mapping[str, str] = MappingProxyType(
    {
        "text": "Breathe in while you count to {in}, and out while you count to {out}. "
        "{breaths} such breaths are one round.",
        "start": "Start",
        "stop": "Stop here",
        "again": "Once more",
        "in": "Breathe in",
        "out": "Breathe out",
        "count": "Breath {number} of {count}",
        "started": "Begun. You can stop at any moment.",
        "stopped": "Stopped. Any number of breaths is a good number.",
        "after": "That was the round. Stay a moment if you like.",
    }
)
"""Of ``Breathing``."""

SLIDER: Mapping[str, str] = MappingProxyType(
    {
        "untouched": "Move the slider to see. It is no answer, and nothing is kept.",
        "none": "not moved",
        "most": "{count}",
    }
)
"""Of ``Slider``."""

DOWNLOAD: Mapping[str, str] = MappingProxyType(
    {
        "save": "Save the file",
        "making": "Making the file",
        "progress": "Fetched {percent}",
        "saved": "{name} was handed to your browser, {size}.",
        "stop": "Stop",
        "stopped": "Stopped. Nothing was saved.",
        "lost": "The connection was renewed on the way. Press the button once more.",
        "no_answer": "No answer came. Try again when the page is connected.",
        "failed": "The file could not be made, and it is our mistake, not yours. Nothing was changed.",
    }
)
"""Of ``Download``."""

FILE_CHOOSER: Mapping[str, str] = MappingProxyType(
    {
        "choose": "Choose a file",
        "other": "Choose another file",
        "drop": "or drop it here",
        "drop_now": "Let go to read this file",
        "limit": "Up to {limit}.",
        "too_big": "This file is larger than {limit}, the most that can be read here. Nothing was sent.",
        "one_only": "One file at a time, please. Nothing was sent.",
        "sending": "Reading {name}",
        "progress": "{percent} of {size}",
        "working": "{name} is here. Looking through it",
        "stop": "Stop",
        "stopped": "Stopped. Nothing was kept of {name}.",
        "done": "{name} was read.",
        "waiting": "Not connected at the moment. It goes on by itself as soon as it can.",
        "unreadable": "The browser could not read {name}. It may have been moved or changed. "
        "Choose it again.",
        "failed": "That file could not be read, and it is our mistake, not yours. Nothing was changed.",
    }
)
"""Of ``FileChooser``."""

SPEAK_TIMER: Mapping[str, str] = MappingProxyType(
    {
        "label": "Time spoken",
        "start": "Start the clock and speak",
        "stop": "Stop",
        "again": "Once more",
        "spoken": "You spoke for {time}.",
        "aim": "About two minutes is a good length. Nothing is recorded.",
    }
)
"""Of ``SpeakTimer``."""

ROAD: Mapping[str, str] = MappingProxyType(
    {
        "title": "{span}: {counts}",
        "title_empty": "Your road",
        "description": "The road of the search from {from} to {until}: {counts}.",
        "empty": "Your whole search will be drawn here, week by week: what you sent, and what came back.",
        "see_numbers": "See the numbers",
        "today": "today",
        "week_of": "Week of {day}",
        "quiet": "Nothing noted",
        "named": "{count}: {names}",
        "named_more": "{count}: {names} and {more} more",
        "weeks_one": "One week",
        "weeks_other": "{count} weeks",
        "months_one": "One month",
        "months_other": "{count} months",
        "years_one": "One year",
        "years_other": "{count} years",
        "count_application_one": "{count} application",
        "count_application_other": "{count} applications",
        "count_interview_one": "{count} interview",
        "count_interview_other": "{count} interviews",
        "count_no_one": "{count} no",
        "count_no_other": "{count} noes",
        "count_offer_one": "{count} offer",
        "count_offer_other": "{count} offers",
        "count_start_one": "{count} first day at work",
        "count_start_other": "{count} first days at work",
        "column_week": "Week",
        "column_month": "Month",
        "column_year": "Year",
        "column_application": "Applications",
        "column_interview": "Interviews",
        "column_no": "Noes",
        "column_offer": "Offers",
        "column_start": "First days",
        "legend_application_week": "Bars: applications each week",
        "legend_application_month": "Bars: applications each month",
        "legend_application_year": "Bars: applications each year",
        "legend_interview": "Rings: interviews",
        "legend_no": "Diamonds: noes",
        "legend_offer": "Squares: offers",
        "legend_start": "Flags: first days at work",
    }
)
"""Of ``Road``."""

CHART: Mapping[str, str] = MappingProxyType(
    {
        "see_numbers": "See the numbers",
        "empty": "There is nothing to draw yet.",
        "with_interval": "{value} ({low} to {high})",
        "column_what": "What",
        "column_group": "Group",
        "column_value": "Value",
        "column_low": "From",
        "column_high": "To",
        "column_note": "Counts",
    }
)
"""Of ``Chart``."""

TABLE: Mapping[str, str] = MappingProxyType(
    {
        "label": "Table",
        "failed": "That did not work, and it is our mistake, not yours. What you wrote is still here.",
        "no_answer": "No answer came. Nothing was changed. Try again when the page is connected.",
        "loading": "Loading the rows: {have} of {total}",
        # Finding.
        "search": "Search",
        "search_clear": "Clear the search",
        "filter": "{column}",
        "filter_some": "{column}: {count}",
        "filter_none": "not filled in",
        "filter_clear": "Show everything",
        "sort_by": "Sort by",
        "sort_as_is": "As entered",
        "sort_up": "{column}, from low to high",
        "sort_down": "{column}, from high to low",
        "sort_up_text": "{column}, A to Z",
        "sort_down_text": "{column}, Z to A",
        "sort_up_date": "{column}, oldest first",
        "sort_down_date": "{column}, newest first",
        "sort_up_choice": "{column}, first to last",
        "sort_down_choice": "{column}, last to first",
        "sort_button": "Sort by {column}",
        "found_one": "{count} row",
        "found_other": "{count} rows",
        "found_some_one": "{count} row of {total}",
        "found_some_other": "{count} rows of {total}",
        "nothing_found": "No row fits the search and the filters.",
        "empty": "Nothing is here yet.",
        # Views.
        "view": "Show as",
        "view_table": "Table",
        "view_board": "Board",
        "more_one": "Show {count} more",
        "more_other": "Show {count} more",
        # Rows.
        "nameless": "Without a name",
        "empty_cell": "not filled in",
        "open": "Open",
        "open_row": "Open {row}",
        "change": "Change",
        "change_row": "Change {row}",
        "change_done": "Done",
        "delete": "Delete",
        "delete_row": "Delete {row}",
        "deleted": "{row} is deleted.",
        "undo": "Bring it back",
        "undone": "{row} is back.",
        "undo_lost": "It cannot be brought back from here any more. The workbook's history still has it.",
        "add": "Add a row",
        "new_row": "New row",
        "cell": "{column}, {row}",
        "keys": "Arrow keys move from cell to cell. Enter changes a cell, Escape leaves it as it was.",
        # Edits that are not kept.
        "saving_cell": "saving",
        "not_saved": "not saved",
        "problem": "{row}, {column}: {sentence}",
        "problem_title_one": "{count} change is not saved yet",
        "problem_title_other": "{count} changes are not saved yet",
        "problem_go": "Go to it",
        "take_back": "Take my change back",
        "clash": "This was changed elsewhere too. There it says: {theirs}",
        "clash_empty": "nothing",
        "keep_mine": "Keep mine",
        "take_theirs": "Take the other one",
        # The board.
        "column_none": "Not filled in",
        "move": "Move to …",
        "move_row": "Move {row} to",
        "moved": "{row} is now at {column}.",
        "board_keys": "Arrow keys move from card to card. Each card has a list to move it, "
        "and can be dragged.",
        "board_empty": "Nothing here",
    }
)
"""Of ``HistoryTable``; those of its status line are among ``words.EXERCISE``."""
