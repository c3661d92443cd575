export const FIRST_NAMES = (
  'Amara Ben Carla Dmitri Elena Farid Grace Hiro Ines Jonas Kavya Liam Mei Nadia Omar Priya Quentin Rosa Samir Tess ' +
  'Uma Viktor Wanda Xavier Yara Zoe Aiden Bianca Cyrus Dalia Emil Fatima Gus Hanna Ivan Jade Kofi Lena Mateo Noor'
).split(' ');

export const LAST_NAMES = (
  'Abara Brandt Castillo Dubois Eriksen Fontaine Gupta Hartley Ibarra Jansen Kowalski Larsson Mbeki Nakamura Okafor ' +
  'Petrov Quispe Rossi Silva Tanaka Ueda Vance Weber Xu Yilmaz Zamora Achebe Bianchi Chen Delgado'
).split(' ');

export const SOURCES = [
  { name: 'Warehouse', vendor: 'snowflake', label: 'Snowflake', port: 443, database: 'ANALYTICS', version: '3.16.1' },
  { name: 'Events', vendor: 'redshift', label: 'Amazon Redshift', port: 5439, database: 'events', version: '2.1.0' },
  { name: 'Storefront', vendor: 'postgresql', label: 'PostgreSQL', port: 5432, database: 'shop', version: '42.7.3' },
  { name: 'Marketing', vendor: 'bigquery', label: 'BigQuery', port: 443, database: 'acme-marketing', version: '1.5.2' },
  { name: 'Lakehouse', vendor: 'databricks', label: 'Databricks', port: 443, database: 'main', version: '2.6.36' },
  { name: 'Stores', vendor: 'sqlserver', label: 'SQL Server', port: 1433, database: 'pos', version: '12.6.1' },
  { name: 'Support', vendor: 'mysql', label: 'MySQL', port: 3306, database: 'tickets', version: '8.3.0' },
  { name: 'Archive', vendor: 'athena', label: 'Amazon Athena', port: 443, database: 'cold', version: '2.1.1' },
  { name: 'Logs', vendor: 'presto', label: 'Presto', port: 8080, database: 'hive', version: '0.287' },
] as const;
