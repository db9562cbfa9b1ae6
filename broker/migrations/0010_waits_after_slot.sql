-- Packed days have a fourth histogram now, the waits of appointments after their time: they are made again, from daily_closed.
DELETE FROM packed_days;
