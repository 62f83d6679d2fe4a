-- An entry is mostly ids and digests. Compressing them took a tenth of the time of storing a batch, to save a few bytes
-- a decision. What is stored already stays as it is.
alter table journal alter column entry set storage external;
