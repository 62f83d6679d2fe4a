import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  ResourceNotFoundException,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
} from "@aws-sdk/lib-dynamodb";

export type DynamoTarget = {
  /** Without it the SDK's own endpoint of the region: AWS. */
  endpoint?: string;
  region?: string;
  tableName?: string;
  /** Without them the ordinary AWS chain (environment, profile, instance role). */
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
};

export type Key = { pk: string; sk: string };
export type Item = Key & Record<string, unknown>;
type Condition = {
  expression: string;
  values?: Record<string, unknown>;
  names?: Record<string, string>;
};
type Range = { pk: string; after?: string; before?: string; newestFirst?: true; limit?: number };

export const absent: Condition = { expression: "attribute_not_exists(pk)" };

export type Table = Awaited<ReturnType<typeof openTable>>;

/** The one table, made when missing. Every read is strongly consistent; a conditional put says whether it was made. */
export async function openTable(target: DynamoTarget) {
  const { tableName: TableName = "billing", ...config } = target;
  const raw = new DynamoDBClient({ ...config, maxAttempts: 4 });
  if (!(await hasTable(raw, TableName))) await createTable(raw, TableName);
  // A map in which a caller named a member `constructor` is taken for an instance of a class otherwise, and refused.
  const marshallOptions = { removeUndefinedValues: true, convertClassInstanceToMap: true };
  const client = DynamoDBDocumentClient.from(raw, { marshallOptions });

  async function get<T>({ pk, sk }: Key): Promise<T | undefined> {
    const { Item } = await client.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }));
    return Item as T | undefined; // items are only ever written by this program, under keys that fix their shape
  }

  async function put(item: Item): Promise<void> {
    await client.send(new PutCommand({ TableName, Item: item }));
  }

  async function putIf(item: Item, condition: Condition): Promise<boolean> {
    try {
      await client.send(
        new PutCommand({
          TableName,
          Item: item,
          ConditionExpression: condition.expression,
          ExpressionAttributeValues: condition.values,
          ExpressionAttributeNames: condition.names,
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  async function putMany(items: Item[]): Promise<void> {
    for (let at = 0; at < items.length; at += 25) {
      let left = items.slice(at, at + 25).map((Item) => ({ PutRequest: { Item } }));
      for (let round = 0; left.length > 0; round++) {
        await backOff(round);
        const sent = await client.send(new BatchWriteCommand({ RequestItems: { [TableName]: left } }));
        left = (sent.UnprocessedItems?.[TableName] ?? []) as typeof left; // what came back is part of what was sent
      }
    }
  }

  async function getMany<T extends Key>(keys: Key[]): Promise<T[]> {
    const found: T[] = [];
    for (let at = 0; at < keys.length; at += 100) {
      let left = keys.slice(at, at + 100);
      for (let round = 0; left.length > 0; round++) {
        await backOff(round);
        const request = { [TableName]: { Keys: left, ConsistentRead: true } };
        const sent = await client.send(new BatchGetCommand({ RequestItems: request }));
        found.push(...((sent.Responses?.[TableName] ?? []) as T[])); // as in `get`
        left = (sent.UnprocessedKeys?.[TableName]?.Keys ?? []) as Key[]; // part of what was asked
      }
    }
    return found;
  }

  /** Items of one partition with `after < sk < before`, up to `limit` (all when absent). */
  async function query<T extends Key>({ pk, after, before, newestFirst, limit }: Range): Promise<T[]> {
    const found: T[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName,
          ConsistentRead: true,
          ScanIndexForward: !newestFirst,
          KeyConditionExpression: "pk = :pk AND sk BETWEEN :low AND :high",
          // BETWEEN includes its ends: the two excluded ends are dropped below, so ask for two more.
          ExpressionAttributeValues: { ":pk": pk, ":low": after ?? " ", ":high": before ?? "~" },
          Limit: limit === undefined ? undefined : limit + 2 - found.length,
          ExclusiveStartKey: start,
        }),
      );
      found.push(...((page.Items ?? []) as T[]).filter(({ sk }) => sk !== after && sk !== before)); // as in `get`
      start = page.LastEvaluatedKey;
    } while (start && (limit === undefined || found.length < limit));
    return limit === undefined ? found : found.slice(0, limit);
  }

  async function removeMany(keys: Key[]): Promise<void> {
    for (const { pk, sk } of keys) await client.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
  }

  return { get, put, putIf, putMany, getMany, query, removeMany, close: () => raw.destroy() };
}

async function hasTable(client: DynamoDBClient, TableName: string): Promise<boolean> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    return Table?.TableStatus === "ACTIVE";
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}

async function createTable(client: DynamoDBClient, TableName: string): Promise<void> {
  try {
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [
          { AttributeName: "pk", AttributeType: "S" },
          { AttributeName: "sk", AttributeType: "S" },
        ],
        KeySchema: [
          { AttributeName: "pk", KeyType: "HASH" },
          { AttributeName: "sk", KeyType: "RANGE" },
        ],
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 2 }, { TableName });
}

async function backOff(round: number): Promise<void> {
  if (round > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(2 ** round * 20, 1000)));
}
