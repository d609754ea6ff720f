import type { ReactNode } from "react";

type Props = {
  title: string;
  children: ReactNode;
  action?: ReactNode;
  /** It is all there is on the page, so its title is the page's. */
  isPage?: boolean;
};

/** Says what is not there, why, and the next step with its price. */
export function EmptyState({ title, children, action, isPage = false }: Props) {
  const Title = isPage ? "h1" : "h2";
  return (
    <div className="mx-auto grid max-w-[30rem] justify-items-center gap-2 px-4 py-12 text-center">
      <Title className="font-semibold text-[1rem]">{title}</Title>
      <div className="grid gap-1.5 text-balance text-text-2">{children}</div>
      {action && <div className="mt-3 flex flex-wrap items-center justify-center gap-2">{action}</div>}
    </div>
  );
}
