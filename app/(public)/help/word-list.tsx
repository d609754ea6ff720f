type Props = { words: { id: string; term: string; text: string }[] };

/** Words with what they mean, one below the other. */
export function WordList({ words }: Props) {
  return (
    <dl className="sheet divide-y divide-line">
      {words.map(({ id, term, text }) => (
        <div key={id} className="grid gap-x-4 gap-y-0.5 px-3.5 py-2.5 sm:grid-cols-[13rem_minmax(0,1fr)]">
          <dt className="font-medium">{term}</dt>
          <dd className="max-w-[44rem] text-pretty text-text-2">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
