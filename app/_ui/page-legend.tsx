import { SoftLink } from "./soft-link";

/** What holds for all figures of a page, and where more is said of them. */
export const PageLegend = ({ text, help }: { text: string; help: string }) => (
  <p className="mt-3 text-pretty text-text-3">
    {text}{" "}
    <SoftLink href="/help" className="link">
      {help}
    </SoftLink>
  </p>
);
