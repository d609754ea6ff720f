-- Links that were mailed: to choose a new password, to confirm an address. Only their hashes are kept.
CREATE TABLE "account_link" (
    "hash" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "new_email" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_link_pkey" PRIMARY KEY ("hash")
);
CREATE UNIQUE INDEX "account_link_user_id_purpose_key" ON "account_link"("user_id", "purpose");
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_words" CHECK (
  "purpose" IN ('reset_password', 'confirm_email') AND ("new_email" IS NOT NULL) = ("purpose" = 'confirm_email'));

-- The figures that a person's rankings show; none is all of them.
ALTER TABLE "user_account" ADD COLUMN "ranking_columns" TEXT[] DEFAULT ARRAY[]::TEXT[];
