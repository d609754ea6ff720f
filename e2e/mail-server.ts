import http from "node:http";
import { startMailServer } from "@/lib/testing/mail-server";

// The mail server of an end-to-end run: the application sends to it over SMTP, tests read what came over HTTP.
const { E2E_SMTP_PORT, E2E_MAIL_PORT } = process.env;
const { received } = await startMailServer(Number(E2E_SMTP_PORT));
http
  .createServer((_request, response) => response.end(JSON.stringify(received)))
  .listen(Number(E2E_MAIL_PORT), "127.0.0.1");
