CREATE TABLE IF NOT EXISTS submissions (
  portal TEXT NOT NULL,
  key TEXT NOT NULL,
  step INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  fields TEXT NOT NULL,
  received_at TEXT NOT NULL,
  suspected TEXT NOT NULL,
  origin_missing INTEGER NOT NULL,
  PRIMARY KEY (portal, key, step, seq)
);

CREATE TABLE IF NOT EXISTS erased (
  portal TEXT NOT NULL,
  key_hash TEXT NOT NULL,
  PRIMARY KEY (portal, key_hash)
);
