import { Brand } from "@/app/_ui/brand";
import { BreakNotice } from "@/app/_ui/break-notice";
import { Change } from "@/app/_ui/change";
import { CreditsMeter } from "@/app/_ui/credits-meter";
import { Disclosure } from "@/app/_ui/disclosure";
import { EmptyState } from "@/app/_ui/empty-state";
import { Money } from "@/app/_ui/money";
import { Notice } from "@/app/_ui/notice";
import { PageHeader } from "@/app/_ui/page-header";
import { PageLegend } from "@/app/_ui/page-legend";
import { Pagination } from "@/app/_ui/pagination";
import { Provenance } from "@/app/_ui/provenance";
import { Receipt } from "@/app/_ui/receipt";
import { ReceiptLink } from "@/app/_ui/receipt-link";
import { RunProgress } from "@/app/_ui/run-progress";
import { SpendButton } from "@/app/_ui/spend-button";
import { ColorDot } from "@/app/t/[team]/watchlists/color-dot";
import { MARK_COLORS } from "@/lib/tracking/choices";
import { LONG, NOW, Part, SLUG } from "./part";
import { BREAK, RUN, SNAPSHOT, SUMMARY } from "./samples";

const TAGS = ["", "tag-good", "tag-warn", "tag-sandbox"];

/** What tells: titles, notices, badges, nothing, progress, where a figure is from. */
export function Says() {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-3.5 lg:grid-cols-2">
      <Part name="page-header · crumbs · brand">
        <PageHeader
          above={{ slug: SLUG, section: "explore", between: [{ href: "/design", name: "Beauty" }] }}
          title={LONG}
          subtitle="United States · last 7 days"
          mark={{ sandbox: true, host: "example.com" }}
        >
          <button type="button" className="btn">
            Act
          </button>
        </PageHeader>
        <Brand />
      </Part>
      <Part name="notice · break-notice">
        <Notice tone="plain">
          <p>Something to know.</p>
        </Notice>
        <Notice tone="warn" title="Look at this">
          <p>It may not be what it seems.</p>
        </Notice>
        <Notice tone="bad" title="That did not work">
          <p>Nothing was charged.</p>
        </Notice>
        <BreakNotice slug={SLUG} breaks={[BREAK]} />
      </Part>
      <Part name="empty-state">
        <EmptyState
          title="Nothing stored yet"
          action={
            <SpendButton
              slug={SLUG}
              label="Fetch · 2 credits"
              priceCredits={2}
              question={{ region: "US", window: "7", page: 1 }}
              canSpend
              timeZone="UTC"
            />
          }
        >
          <p>Fetch it once, and everybody has it.</p>
        </EmptyState>
      </Part>
      <Part name="controls.css: tags · change · money · color-dot">
        <div className="flex flex-wrap gap-2">
          {TAGS.map((tag) => (
            <span key={tag} className={`tag ${tag}`}>
              {tag || "tag"}
            </span>
          ))}
        </div>
        <div className="num flex flex-wrap gap-3">
          <Change pct={12.3} />
          <Change pct={-4.5} />
          <Change pct={0} />
          <Change pct={null} />
          <Change pct={0.1} rounding="within rounding" />
          <Money credits={120} price={{ amount: 0.01, currency: "USD" }} />
        </div>
        <div className="flex gap-2">
          {MARK_COLORS.map((color) => (
            <ColorDot key={color} color={color} />
          ))}
        </div>
      </Part>
      <Part name="credits-meter">
        <CreditsMeter summary={SUMMARY} slug={SLUG} now={NOW} timeZone="UTC" />
      </Part>
      <Part name="run-progress">
        <RunProgress slug={SLUG} run={RUN} canStop />
      </Part>
      <Part name="provenance · receipt · receipt-link">
        <Provenance snapshot={SNAPSHOT} slug={SLUG} now={NOW} timeZone="UTC" staleAfterMinutes={1440}>
          <span />
        </Provenance>
        <Receipt id="design-receipt" snapshot={SNAPSHOT} slug={SLUG} timeZone="UTC" />
        <div className="relative pl-6">
          <ReceiptLink href="/design" what="Perfume" /> 11.5K
        </div>
      </Part>
      <Part name="pagination · page-legend · disclosure">
        <Pagination page={3} pages={25} stored={new Set([1, 3, 4])} href={(page) => `?page=${page}`} hasNext />
        <PageLegend text="Currencies are unknown." help="Help" />
        <Disclosure summary="More">
          <p>What few want to read.</p>
        </Disclosure>
      </Part>
    </div>
  );
}
