import Link from "next/link";

/** What holds for all figures of a page, and where more is said of them. */
export const PageLegend = ({ text, help }: { text: string; help: string }) => (
  <p className="mt-3 text-pretty text-text-3">
    {text}{" "}
    <Link href="/help" prefetch={false} className="link">
      {help}
    </Link>
  </p>
);
