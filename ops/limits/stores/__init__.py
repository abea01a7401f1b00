"""Where are the counts kept? Shared by all machines, by one machine, or by one process."""

from ops.limits.stores.store import Store, StoreSilentError, StoreUnavailableError

__all__ = ["Store", "StoreSilentError", "StoreUnavailableError"]
