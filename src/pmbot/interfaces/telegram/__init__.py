"""The Telegram channel: `pmbot telegram`. The only package that imports `telegram`; `params` and this module do not.

One direction, from an update to messages:

    poller | webhook ─► Inbox (journalled first) ─► incoming.read ─► Dispatcher ─► a handler ─► Response ─► Courier ─► Telegram

- `poller` and `webhook` fetch updates as JSON and give them to the `Inbox`; nothing is acknowledged before it is in the journal.
- `inbox` keeps the order within a lane (a chat; a tapping user), works on a few updates at a time, and marks each one done when its
  response was delivered. What was not done is done after the next start.
- `incoming` turns an update into an `Incoming`: what kind it is, who, where, which text. Pure.
- `dispatcher` asks the gate (`access`) and the `rates`, calls the handler of the kind, and turns every failure into an apology.
- Handlers (`asking`, `commands`, `tapping`, `membership`) are `async (Incoming, Services) -> Response`. They send nothing.
- `responses` has the nouns: `Response(outcome, actions)`, the actions (`Say`, `Revise`, `Erase`, `Toast`, `Leave` …) and `Outcome`,
  which names what became of an update, for logs, metrics and tests.
- `delivery` (the `Courier`) is the only place that sends: it retries, waits out floods per chat, follows migrated chats, and falls
  back to plain text.
- `services` is what handlers work with: knowledge in threads (`searching`), texts, memory (storage), gate, recorder.
- `buttons` builds and reads callback data; what a button needs lies in the memory, by a key.
- `texts` is all the bot says by itself: `config/telegram.<language>.yaml`, fields checked at load, English where a language lacks.
- `health` knows whether we hear from Telegram, and serves /healthz and /metrics; `logs` redacts the token everywhere.
- `starting` greets Telegram and registers for updates; `menu` tells it the commands; `wire` is the transport.
- `service` puts it together, runs it, and ends it: signals, exit codes.

To add a command: a `BotCommand` in `commands.BOT_COMMANDS` and its line under `commands:` in each `telegram.<language>.yaml`.
To add a kind of update: a `Kind`, a case in `incoming.read`, a handler in `service.HANDLERS`. To send something new: an action in
`responses` and its method in `delivery`.
"""
