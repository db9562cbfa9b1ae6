-- Packed days have a third histogram now, the waits of priority visits: they are made again, from daily_closed.
DELETE FROM packed_days;
