/** Why the whole form was not accepted; announced when it appears. */
export function FormFailure({ text }: { text: string | null }) {
  return (
    <div role="alert" className="empty:hidden">
      {text && <p className="notice notice-bad">{text}</p>}
    </div>
  );
}
