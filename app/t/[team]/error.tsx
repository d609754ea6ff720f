"use client";
import { PageFailure } from "@/app/_ui/page-failure";

type Props = { error: Error & { digest?: string }; retry: () => void };

/** Inside the shell: the navigation stays, and with it the way to everything that still works. */
export default function TeamPageError({ error, retry }: Props) {
  return <PageFailure digest={error.digest} onRetry={retry} />;
}
