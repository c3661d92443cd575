/** A gauge: how much of something scarce is left. */
export function GaugeIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round">
      <path d="M4.2 18.5a9 9 0 1 1 15.6 0" />
      <path d="M12 14l4-5" />
      <path d="M12 5v1.6M5.6 7.9l1.2 1.1M3.4 14H5M19 14h1.6" />
      <circle cx="12" cy="14" r="1.7" fill="currentColor" stroke="none" />
    </svg>
  );
}
