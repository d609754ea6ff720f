/** Address of the sandbox that the app under test uses. */
export const sandboxUrl = () => `http://127.0.0.1:${process.env.E2E_SANDBOX_PORT}`;

export type Charges = { requests: number; charged: number; credits: number };

/** What the sandbox counted of one team: the other side of its ledger. */
export async function charges(teamId: string): Promise<Charges> {
  const response = await fetch(`${sandboxUrl()}/__sandbox/charges`);
  const { byKey } = (await response.json()) as { byKey: Record<string, Charges> };
  const { requests, charged, credits } = byKey[`sandbox-${teamId}`] ?? { requests: 0, charged: 0, credits: 0 };
  return { requests, charged, credits };
}

/** Makes the next requests of one team's key fail in a named way. */
export async function fault(teamId: string, name: string, times = 1, ms?: number): Promise<void> {
  const response = await fetch(`${sandboxUrl()}/__sandbox/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ key: `sandbox-${teamId}`, fault: name, times, ms }),
  });
  if (!response.ok) throw new Error(`The sandbox refused the fault ${name}: ${response.status}`);
}
