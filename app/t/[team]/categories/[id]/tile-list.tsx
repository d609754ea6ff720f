"use client";
import { SoftLink } from "@/app/_ui/soft-link";
import type { ChangeText } from "./change-text";
import { ChangeWords } from "./shown-change";

export type TileText = {
  key: string;
  href: string;
  isOn: boolean;
  label: string;
  value: string;
  exact?: string | undefined;
  change: ChangeText;
  remarks: string[];
  place: { pct: number; text: string } | null;
};

/** The tiles of a category in the reader's words, from `TileText[]` as JSON: one text travels faster than its elements. */
export function TileList({ label, tilesJson }: { label: string; tilesJson: string }) {
  const tiles = JSON.parse(tilesJson) as TileText[];
  return (
    <nav aria-label={label} className="tiles">
      {tiles.map(({ key, href, isOn, label: name, value, exact, change, remarks, place }) => (
        <SoftLink key={key} href={href} scroll={false} className="tile" aria-current={isOn ? "true" : undefined}>
          <small>{name}</small>
          <b title={exact}>{value}</b>
          <small>
            <ChangeWords {...change} />
          </small>
          {remarks.map((remark) => (
            <small key={remark} className="text-text-3!">
              {remark}
            </small>
          ))}
          {place && (
            <>
              <span className="scale" aria-hidden="true">
                <i style={{ left: `${place.pct}%` }} />
              </span>
              <small className="text-text-3!">{place.text}</small>
            </>
          )}
        </SoftLink>
      ))}
    </nav>
  );
}
