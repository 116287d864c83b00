"""Settings of the Telegram channel. The token and the webhook's secret are no settings: they come from the environment alone."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator


class TelegramParams(BaseModel):
    """How the bot fetches, answers, admits and reports."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    access: Literal["pairing", "public"] | tuple[int, ...] = Field(
        default="pairing",
        description="Who is answered: `pairing` (who sends the code shown on the console), `public`, or ids of users and chats.",
    )
    admins: tuple[int, ...] = Field(
        default=(), description="Ids of users who may run admin commands; with pairing, the first paired user too."
    )
    questions_per_minute: float = Field(
        default=20.0, gt=0, le=6000, description="Questions that one user may ask a minute, on the average."
    )
    burst: int = Field(default=10, ge=1, le=1000, description="Questions that one user may ask at once.")
    concurrency: int = Field(default=8, ge=1, le=64, description="Updates worked on at the same time.")
    search_threads: int = Field(default=4, ge=1, le=32, description="Threads that search.")
    in_flight: int = Field(default=50, ge=1, le=1000, description="Updates taken in and not yet answered; above it we stop fetching.")
    poll_seconds: int = Field(default=30, ge=1, le=50, description="How long Telegram holds a poll open when there is no news.")
    reply_seconds: float = Field(
        default=3.0, gt=0, le=60, description="How long we wait for Telegram's reply to a call before we try again."
    )
    patience_minutes: float = Field(default=60.0, gt=0, le=1440, description="How long an answer that cannot be delivered is tried again.")
    keep_days: int = Field(
        default=30, ge=1, le=365, description="How long buttons under an answer work; what they need is deleted after that."
    )
    health_host: str = Field(default="127.0.0.1", description="Address of /healthz and /metrics.")
    health_port: int | None = Field(default=8090, ge=1, le=65535, description="Port of /healthz and /metrics; null: none.")
    webhook_url: str | None = Field(default=None, description="Address that Telegram sends updates to, for `pmbot telegram --webhook`.")
    webhook_host: str = Field(default="127.0.0.1", description="Address that the webhook listens on, behind your reverse proxy.")
    webhook_port: int = Field(default=8080, ge=1, le=65535, description="Port that the webhook listens on.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="What is logged, on standard error.")
    log_format: Literal["text", "json"] = Field(default="text", description="Log lines as text, or as JSON, one object a line.")

    @model_validator(mode="after")
    def _secure(self) -> TelegramParams:
        if self.webhook_url is not None and not self.webhook_url.startswith(("https://", "http://")):
            raise ValueError("webhook_url must start with https:// (http:// only for a Bot API server of your own)")
        return self
