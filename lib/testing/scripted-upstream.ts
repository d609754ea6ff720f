import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Exchange = (request: IncomingMessage, response: ServerResponse, count: number) => unknown;

/** An upstream that does what the test says, and counts what reached it. */
export type ScriptedUpstream = {
  url: string;
  /** Every request that reached it, in order: path with query, and the key it carried. */
  seen: { path: string; key: string }[];
  /** What the next requests get; the default answers a page of 20 rows. */
  answer: (exchange: Exchange) => void;
  close: () => Promise<void>;
};

/** A row of the vendor's shape with invented figures. */
export function wireRow(place: number, over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    comment: 100 + place,
    cost: 48_200,
    cover_url: null,
    cpa: 4.92,
    ctr: 1.83,
    cvr: 5.71,
    ecom_type: "l3",
    first_ecom_category: { id: "601450", label: "category_601450", value: "Beauty & Personal Care" },
    second_ecom_category: { id: "848648", label: "category_848648", parent_id: "601450", value: "Makeup & Perfume" },
    third_ecom_category: {
      id: `9${place}`,
      label: `category_9${place}`,
      parent_id: "848648",
      value: `Category ${place}`,
    },
    impression: 20_000_000,
    like: 48_452,
    play_six_rate: 8.77,
    post: 11_500 - place,
    post_change: 0.27,
    share: 873,
    url_title: `Category ${place}`,
    ...over,
  };
}

export function wirePage(rows: unknown[], over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    code: 0,
    message: "success",
    data: { list: rows, pagination: { page: 1, size: rows.length, total: 500, has_more: true } },
    requestId: "d8a309f6-0000-4000-8000-000000000000",
    ...over,
  };
}

export const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) => {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
};

export const fullPage: Exchange = (_request, response) =>
  json(response, 200, wirePage(Array.from({ length: 20 }, (_, index) => wireRow(index + 1))));

export async function scriptedUpstream(): Promise<ScriptedUpstream> {
  const seen: ScriptedUpstream["seen"] = [];
  let exchange = fullPage;
  const server = createServer((request, response) => {
    seen.push({ path: request.url ?? "", key: (request.headers.authorization ?? "").replace("Bearer ", "") });
    exchange(request, response, seen.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answer: (next) => {
      exchange = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
