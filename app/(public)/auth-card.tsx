import type { ReactNode } from "react";

type Props = { title: string; lead?: string; children: ReactNode; below?: ReactNode };

export function AuthCard({ title, lead, children, below }: Props) {
  return (
    <div className="mx-auto max-w-[23rem] pt-8 sm:pt-16">
      <h1>{title}</h1>
      {lead && <p className="mt-1 text-text-2">{lead}</p>}
      <div className="sheet mt-4 p-4 sm:p-5">{children}</div>
      {below && <p className="mt-3 text-text-2">{below}</p>}
    </div>
  );
}
