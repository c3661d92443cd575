/** Of each type with an id a fragment that can be read again by itself. Relay makes the questions: `node(id:)`. */
import { graphql } from 'relay-runtime';

export const fragments = [
  graphql`
    fragment cards_workspace on Workspace @refetchable(queryName: "cardsWorkspaceQuery") {
      username
      name
    }
  `,
  graphql`
    fragment cards_collection on Collection @refetchable(queryName: "cardsCollectionQuery") {
      token
      name
    }
  `,
  graphql`
    fragment cards_report on Report @refetchable(queryName: "cardsReportQuery") {
      token
      name
      updatedAt
      collection {
        id
        token
      }
    }
  `,
  graphql`
    fragment cards_reportQuery on ReportQuery @refetchable(queryName: "cardsReportQueryQuery") {
      token
      name
      sql
      report {
        id
        token
      }
    }
  `,
  graphql`
    fragment cards_chart on Chart @refetchable(queryName: "cardsChartQuery") {
      token
      title
      type
      query {
        id
        token
      }
    }
  `,
  graphql`
    fragment cards_run on ReportRun @refetchable(queryName: "cardsReportRunQuery") {
      token
      state
    }
  `,
  graphql`
    fragment cards_dataSource on DataSource @refetchable(queryName: "cardsDataSourceQuery") {
      token
      name
    }
  `,
  graphql`
    fragment cards_member on Member @refetchable(queryName: "cardsMemberQuery") {
      username
      name
    }
  `,
];
