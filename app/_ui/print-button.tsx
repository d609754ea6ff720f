"use client";

/** Opens the browser's own way to print or to make a PDF of this page. */
export function PrintButton({ label }: { label: string }) {
  return (
    <button type="button" className="btn" onClick={() => window.print()}>
      {label}
    </button>
  );
}
