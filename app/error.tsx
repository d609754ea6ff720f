"use client";
import { PageFailure } from "./_ui/page-failure";

type Props = { error: Error & { digest?: string }; retry: () => void };

export default function PageError({ error, retry }: Props) {
  return (
    <main>
      <PageFailure digest={error.digest} onRetry={retry} />
    </main>
  );
}
