import type { SimColumn } from './rows.ts';

/** A warehouse table the company's SQL reads from. */
export interface SqlTable {
  name: string;
  alias: string;
  time: string;
  /** Columns to group by. */
  texts: readonly string[];
  /** Aggregates, as [expression after the alias, column name]. `#` stands for the alias. */
  numbers: readonly (readonly [string, string])[];
  /** Keys other tables can be joined on. */
  keys: readonly string[];
}

export const TABLES: readonly SqlTable[] = [
  {
    name: 'analytics.orders',
    alias: 'o',
    time: 'ordered_at',
    texts: ['channel', 'country_code', 'payment_method', 'order_status'],
    numbers: [
      ['SUM(#.total_amount - #.discount_amount)', 'net_revenue'],
      ['COUNT(DISTINCT #.order_id)', 'orders'],
      ['AVG(#.total_amount)', 'average_order_value'],
    ],
    keys: ['order_id', 'customer_id', 'store_id'],
  },
  {
    name: 'analytics.order_items',
    alias: 'i',
    time: 'created_at',
    texts: ['category', 'brand', 'size_group'],
    numbers: [
      ['SUM(#.quantity)', 'units_sold'],
      ['SUM(#.quantity * (#.unit_price - #.unit_cost))', 'gross_margin'],
    ],
    keys: ['order_id', 'product_id'],
  },
  {
    name: 'analytics.customers',
    alias: 'c',
    time: 'first_seen_at',
    texts: ['segment', 'acquisition_source', 'loyalty_tier'],
    numbers: [
      ['COUNT(DISTINCT #.customer_id)', 'customers'],
      ['AVG(#.lifetime_value)', 'average_lifetime_value'],
    ],
    keys: ['customer_id'],
  },
  {
    name: 'web.sessions',
    alias: 's',
    time: 'started_at',
    texts: ['device_type', 'landing_page', 'utm_campaign'],
    numbers: [
      ['COUNT(*)', 'sessions'],
      ['AVG(CASE WHEN #.converted THEN 1.0 ELSE 0 END)', 'conversion_rate'],
    ],
    keys: ['session_id', 'customer_id'],
  },
  {
    name: 'ops.inventory_daily',
    alias: 'inv',
    time: 'snapshot_date',
    texts: ['warehouse', 'stock_status'],
    numbers: [
      ['SUM(#.on_hand)', 'on_hand_units'],
      ['SUM(#.on_hand * #.unit_cost)', 'stock_value'],
    ],
    keys: ['product_id', 'store_id'],
  },
  {
    name: 'ops.returns',
    alias: 'r',
    time: 'returned_at',
    texts: ['return_reason', 'carrier'],
    numbers: [
      ['COUNT(*)', 'returns'],
      ['SUM(#.refund_amount)', 'refunds'],
    ],
    keys: ['order_id', 'product_id'],
  },
  {
    name: 'marketing.campaign_spend',
    alias: 'm',
    time: 'spend_date',
    texts: ['platform', 'campaign_name', 'audience'],
    numbers: [
      ['SUM(#.spend)', 'spend'],
      ['SUM(#.clicks) / NULLIF(SUM(#.impressions), 0)', 'click_rate'],
    ],
    keys: ['campaign_id', 'store_id'],
  },
  {
    name: 'support.tickets',
    alias: 't',
    time: 'opened_at',
    texts: ['topic', 'priority', 'agent_team'],
    numbers: [
      ['COUNT(*)', 'tickets'],
      ['AVG(#.first_reply_minutes)', 'first_reply_minutes'],
    ],
    keys: ['customer_id', 'order_id'],
  },
];

/** SQL, and the columns its result has. */
export interface WrittenQuery {
  sql: string;
  columns: SimColumn[];
}
