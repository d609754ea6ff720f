import type { TeamContext } from "@/lib/auth/context";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { deleteWebhook } from "@/lib/webhooks/delete-webhook";
import { exportDeliveries } from "@/lib/webhooks/export-deliveries";
import { readDeliveries } from "@/lib/webhooks/read-deliveries";
import { readWebhook, readWebhooks } from "@/lib/webhooks/read-webhooks";
import { redeliver } from "@/lib/webhooks/redeliver";
import { rotateSecret } from "@/lib/webhooks/rotate-secret";
import { createWebhookSchema, updateWebhookSchema } from "@/lib/webhooks/schemas";
import { switchWebhook } from "@/lib/webhooks/switch-webhook";
import { testWebhook } from "@/lib/webhooks/test-webhook";
import { updateWebhook } from "@/lib/webhooks/update-webhook";
import type { OutsiderVerb } from "./outsider-target";

/** Nobody listens there: a delivery to it is made, and fails. */
const url = "http://127.0.0.1:9/";
const common = { language: "en", limits: false };

export async function makeDelivery(ctx: TeamContext, name: string) {
  const input = createWebhookSchema.parse({ ...common, name, url, format: "json" });
  const { id: webhookId } = await createWebhook(ctx, input);
  const { id: deliveryId } = await testWebhook(ctx, webhookId);
  return { webhookId, deliveryId };
}

export const WEBHOOK_VERBS: Record<string, OutsiderVerb> = {
  createWebhook: {
    as: "own",
    call: (ctx) => createWebhook(ctx, createWebhookSchema.parse({ ...common, name: "mine", url, format: "slack" })),
  },
  readWebhooks: { as: "own", call: (ctx) => readWebhooks(ctx) },
  readWebhook: { as: "refused", call: (ctx, { webhookId }) => readWebhook(ctx, webhookId) },
  updateWebhook: {
    as: "refused",
    call: (ctx, { webhookId }) => updateWebhook(ctx, webhookId, updateWebhookSchema.parse({ ...common, name: "mine" })),
  },
  switchWebhook: { as: "refused", call: (ctx, { webhookId }) => switchWebhook(ctx, webhookId, { on: false }) },
  rotateSecret: { as: "refused", call: (ctx, { webhookId }) => rotateSecret(ctx, webhookId) },
  testWebhook: { as: "refused", call: (ctx, { webhookId }) => testWebhook(ctx, webhookId) },
  readDeliveries: { as: "refused", call: (ctx, { webhookId }) => readDeliveries(ctx, webhookId, {}) },
  exportDeliveries: { as: "refused", call: (ctx, { webhookId }) => exportDeliveries(ctx, webhookId).next() },
  redeliver: { as: "refused", call: (ctx, { webhookId, deliveryId }) => redeliver(ctx, { webhookId, deliveryId }) },
  deleteWebhook: { as: "refused", call: (ctx, { webhookId }) => deleteWebhook(ctx, webhookId) },
};
