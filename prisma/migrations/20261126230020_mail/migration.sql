CREATE TABLE "mail" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "to_address" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "sealed_key_id" TEXT,
    "sealed_nonce" BYTEA,
    "sealed_text" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "ended_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "problem" TEXT,

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "mail_to_address_idx" ON "mail"("to_address");
CREATE INDEX "mail_waiting" ON "mail" ("next_try_at") WHERE "ended_at" IS NULL;

-- What a mail says is there exactly as long as it waits.
ALTER TABLE "mail" ADD CONSTRAINT "mail_words" CHECK (
  "language" IN ('en', 'zh-CN') AND ("outcome" IS NULL OR "outcome" IN ('sent', 'refused', 'expired'))
  AND ("ended_at" IS NULL) = ("outcome" IS NULL) AND ("ended_at" IS NULL) = ("sealed_text" IS NOT NULL)
  AND ("sealed_text" IS NULL) = ("sealed_nonce" IS NULL) AND ("sealed_text" IS NULL) = ("sealed_key_id" IS NULL));
