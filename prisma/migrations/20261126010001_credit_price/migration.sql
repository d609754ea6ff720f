-- A credit may cost up to 1,000,000 of a currency, to six decimals.
ALTER TABLE "team" ALTER COLUMN "credit_price" SET DATA TYPE DECIMAL(13,6);
