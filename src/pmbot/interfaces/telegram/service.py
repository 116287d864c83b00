"""The running bot: put together, kept alive, ended."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from telegram.error import InvalidToken

from pmbot.interfaces.telegram import asking, commands, inline, membership, tapping
from pmbot.interfaces.telegram.access import Gate, new_code
from pmbot.interfaces.telegram.bot import make_bot
from pmbot.interfaces.telegram.delivery import Courier
from pmbot.interfaces.telegram.dispatcher import Dispatcher
from pmbot.interfaces.telegram.figures import figures
from pmbot.interfaces.telegram.health import Health, HealthServer
from pmbot.interfaces.telegram.inbox import Inbox, Item, Slot
from pmbot.interfaces.telegram.incoming import Incoming, Kind, Me
from pmbot.interfaces.telegram.menu import set_menu
from pmbot.interfaces.telegram.params import TelegramParams
from pmbot.interfaces.telegram.poller import Poller
from pmbot.interfaces.telegram.rates import Rates
from pmbot.interfaces.telegram.responses import Outcome
from pmbot.interfaces.telegram.searching import Searcher
from pmbot.interfaces.telegram.services import Handler, Services
from pmbot.interfaces.telegram.starting import Registration, greet, is_refused, refused, register, watch_webhook
from pmbot.interfaces.telegram.texts import TextBook
from pmbot.interfaces.telegram.token import Token
from pmbot.interfaces.telegram.webhook import Webhook
from pmbot.interfaces.telegram.wire import Fetcher, Wire
from pmbot.storage.journal import FILE_NAME, Journal, sole_user
from pmbot.storage.marks import Mark

if TYPE_CHECKING:
    from pmbot.interfaces.knowledge import Knowledge
    from pmbot.interfaces.recorder import Recorder

_LOG = logging.getLogger(__name__)

HANDLERS: dict[Kind, Handler] = {
    Kind.QUESTION: asking.question,
    Kind.EDITED: asking.edited,
    Kind.EMPTY: asking.empty,
    Kind.MEDIA: asking.media,
    Kind.COMMAND: commands.command,
    Kind.TAP: tapping.tap,
    Kind.INLINE: inline.inline,
    Kind.MEMBER: membership.member,
    Kind.MIGRATED: membership.migrated,
    Kind.UNSERVED: membership.unserved,
}
"""What is done about each kind of update."""

GRACE = 3.5
"""Seconds that what is under way gets to end after SIGTERM."""

HOUR = 3600.0
SWITCH = 0.0005
"""Seconds after which a thread that computes lets another one at the interpreter; Python's default is ten times that."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be run. `webhook_secret` is None when updates are polled; `tell` shows a line to whoever started the bot."""

    token: Token
    base_url: str
    params: TelegramParams
    knowledge: Knowledge
    texts: TextBook
    folder: Path
    recorder: Recorder | None
    tell: Callable[[str], None]
    webhook_secret: str | None = None
    take_over: bool = False
    pair: bool = False


def serve(plan: Plan) -> int:
    """Run the bot until it is told to end; 0. InterfaceError when Telegram refuses us or a port is taken, StateError for the journal."""
    # The library would warn, at every flood, that it will one day give durations as such.
    os.environ["PTB_TIMEDELTA"] = "true"
    # Searches in threads compete with the loop for the interpreter: it shall not wait long for its turn, which comes often.
    sys.setswitchinterval(SWITCH)
    with sole_user(plan.folder):
        journal = Journal.open(plan.folder / FILE_NAME, plan.token.bot, time.time())
        searcher = Searcher(plan.params.search_threads)
        try:
            asyncio.run(Service(plan, journal, searcher).run())
        finally:
            journal.close()
            searcher.close()
        if searcher.busy:
            # A search cannot be broken off, and the interpreter would wait for its thread. All that matters is on the disk.
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(0)
    return 0


class _Team(NamedTuple):
    """Who finds the response, and who delivers it."""

    dispatcher: Dispatcher
    courier: Courier


class Service:
    """One run of the bot."""

    def __init__(self, plan: Plan, journal: Journal, searcher: Searcher) -> None:
        self._plan, self._journal = plan, journal
        params = plan.params
        self._wire = Wire(connections=4 * params.concurrency + 8, seconds=params.reply_seconds)
        self._bot = make_bot(plan.token, plan.base_url, self._wire)
        self._health = Health(params.poll_seconds)
        self._searcher = searcher
        self._inbox = Inbox(journal, self._work, self._fail, concurrency=params.concurrency, most=params.in_flight)
        self._health_server = HealthServer(
            self._health, lambda: figures(self._inbox, self._health, self._team.courier if self._team else None)
        )
        self._webhook = Webhook(self._inbox, plan.webhook_secret, self._fail) if plan.webhook_secret else None
        self._team: _Team | None = None
        self._end: asyncio.Future[None] | None = None
        self._signals = 0

    async def run(self) -> None:
        """Serve until a signal, or until something ends us: that is raised."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: _LOG.error("%s", context.get("message"), exc_info=context.get("exception")))
        self._end = loop.create_future()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._signalled, number)
        main = loop.create_task(self._main())
        main.add_done_callback(self._main_ended)
        try:
            await self._end
        finally:
            main.cancel()
            await asyncio.wait((main,))
            await self._shut_down()

    async def _main(self) -> None:
        plan, params = self._plan, self._plan.params
        if params.health_port is not None:
            await self._health_server.start(params.health_host, params.health_port)
        await self._wire.initialize()
        me = await greet(self._bot)
        gate = self._open_for(me)
        found = self._inbox.recover()
        if found:
            _LOG.info("%d updates from before are answered first", found)
        if self._webhook is not None:
            await self._webhook.start(params.webhook_host, params.webhook_port)
        registration = Registration(params.webhook_url or "", plan.webhook_secret, plan.take_over, params.concurrency)
        await register(self._bot, registration)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(set_menu(self._bot, plan.texts, gate.admins))
            tasks.create_task(self._clean())
            tasks.create_task(self._listen(registration))

    async def _listen(self, registration: Registration) -> None:
        plan = self._plan
        _LOG.info("ready, by %s", "webhook" if registration.secret else "polling")
        if registration.secret is not None:
            await watch_webhook(self._bot, registration, self._health, plan.params.poll_seconds)
            return
        fetcher = Fetcher(self._wire, plan.base_url, plan.token)
        await Poller(fetcher, self._inbox, self._health, plan.params.poll_seconds, lambda: is_refused(self._bot)).run()

    def _open_for(self, me: Me) -> Gate:
        """Make what needs to know who we are, and say who may ask."""
        plan, params = self._plan, self._plan.params
        code = None
        if params.access == "pairing" and (plan.pair or not self._journal.marks.all(Mark.PAIRED)):
            code = new_code()
        gate = Gate(params.access, params.admins, self._journal.marks, time.time, code)
        services = Services(
            me=me,
            knowledge=plan.knowledge,
            searcher=self._searcher,
            texts=plan.texts,
            journal=self._journal,
            gate=gate,
            params=params,
            clock=time.time,
            recorder=plan.recorder,
        )
        rates = Rates(params.questions_per_minute, params.burst, time.monotonic)
        self._team = _Team(Dispatcher(services, HANDLERS, rates), Courier(self._bot, services, lambda: is_refused(self._bot)))
        plan.tell(_who_may_ask(params, me, code))
        return gate

    async def _work(self, item: Item, slot: Slot) -> Outcome:
        """Answer an update."""
        if self._team is None:
            raise RuntimeError("updates are worked on only when we know who we are")
        dispatcher, courier = self._team
        incoming = dispatcher.read(item.body)
        if incoming is None:
            return Outcome.UNREADABLE
        if courier.closed_chats.is_in_vain(incoming, item.since):
            _log_outcome(incoming, Outcome.UNDELIVERED)
            return Outcome.UNDELIVERED
        async with courier.typing(incoming):
            response = await dispatcher.respond(incoming)
        outcome = await courier.deliver(incoming, response, slot)
        if response.then is not None and outcome is response.outcome:
            response = await dispatcher.attempt(incoming, response.then)
            outcome = await courier.deliver(incoming, response, slot)
        if outcome is Outcome.FAILED and response.outcome is not Outcome.FAILED:
            await courier.deliver(incoming, dispatcher.apology(incoming), slot)
        _log_outcome(incoming, outcome)
        return outcome

    async def _clean(self) -> None:
        while True:
            self._journal.clean(time.time(), self._plan.params.keep_days)
            await asyncio.sleep(HOUR)

    def _fail(self, error: Exception) -> None:
        """End the run by `error`, the first one."""
        if self._end is not None and not self._end.done():
            self._end.set_exception(refused() if isinstance(error, InvalidToken) else error)

    def _main_ended(self, main: asyncio.Task[None]) -> None:
        if main.cancelled():
            return
        error = main.exception()
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        if isinstance(error, Exception):
            self._fail(error)

    def _signalled(self, number: signal.Signals) -> None:
        self._signals += 1
        if self._signals > 1:
            # What was not delivered stands in the journal.
            os._exit(128 + number)
        _LOG.info("told to end by %s", number.name)
        if self._end is not None and not self._end.done():
            self._end.set_result(None)

    async def _shut_down(self) -> None:
        if self._webhook is not None:
            self._webhook.close()
        left = await self._inbox.drain(GRACE)
        if left:
            _LOG.info("%d updates stay for the next start", left)
        if self._webhook is not None:
            await self._webhook.stop()
        await self._health_server.stop()
        await self._wire.shutdown()


def _who_may_ask(params: TelegramParams, me: Me, code: str | None) -> str:
    if params.access == "public":
        return f"@{me.username} is public: anybody who finds it in Telegram can ask about these documents."
    if code is not None:
        return (
            f"Pairing code: {code}\nSend it to @{me.username} in Telegram: whoever sends it first may ask, everybody else gets no answers."
        )
    who = "who was paired" if params.access == "pairing" else "the users and chats of the list"
    return f"@{me.username} answers {who}, and nobody else."


def _log_outcome(incoming: Incoming, outcome: Outcome) -> None:
    _LOG.info("update %d: %s, %s", incoming.update_id, incoming.why or incoming.kind.value, outcome.value)
