/** What would it cost: a bill with a question mark. */
export function ExplainIcon() {
  return (
    <svg
      className="graphiql-toolbar-icon explain-icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      aria-hidden="true"
    >
      <g strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round">
        <path d="M5 3.5h14v17l-2.3-1.6-2.4 1.6-2.3-1.6-2.3 1.6-2.4-1.6L5 20.5z" />
        <path d="M9.8 9.2a2.2 2.2 0 1 1 3.4 1.9c-.8.5-1.2.9-1.2 1.7" />
        <path d="M12 15.4v.1" />
      </g>
    </svg>
  );
}

/** A list to choose from. */
export function StartersIcon() {
  return (
    <svg className="graphiql-toolbar-icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" aria-hidden="true">
      <g strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round">
        <path d="M12 6.2c-1.8-1.3-4.4-1.9-7.5-1.9v13.4c3.1 0 5.7.6 7.5 1.9 1.8-1.3 4.4-1.9 7.5-1.9V4.3c-3.1 0-5.7.6-7.5 1.9z" />
        <path d="M12 6.2v13.4" />
      </g>
    </svg>
  );
}
