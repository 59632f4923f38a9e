/** What is public of how codes are made up: each whole with its parts. */
#ifndef SP_TRANSFORMS_AUDIT_PARTITIONS_H
#define SP_TRANSFORMS_AUDIT_PARTITIONS_H

#include "core/table.h"

/** A code of a key column, and codes of it that are together what the whole counts. */
typedef struct {
    gsize column; /* place among the key columns */
    guint32 whole;
    GArray *parts;       /* guint32 */
    gboolean is_at_most; /* a person may be in several parts: their sum is the most that there are,
                            the largest the least */
} SpPartition;

/** The columns of the published table `sammenheng`, all codes: one row a part. */
#define SP_PARTITION_COLUMNS                                                                       \
    {                                                                                              \
        "tabell", "kolonne", "hel", "del", "personer"                                              \
    }

void sp_partition_free(gpointer partition);

/** Key columns of a table [n], and their dictionaries. */
typedef struct {
    char **columns;
    SpCodes **codes;
    gsize n;
} SpPartitionKeys;

/**
 * Those that `sammenheng` lists for a table: adds a SpPartition* to `partitions` for each column
 * and whole. Codes that the dictionaries do not have are added to them; a whole that is its own
 * part is passed over. SP_ERROR_DATA without its columns, of a column that is no key of the table,
 * or where `personer` is neither `sum` nor `hoeyst`.
 */
gboolean sp_partitions_read(const SpTable *sammenheng, const char *table,
                            const SpPartitionKeys *keys, GPtrArray *partitions, GError **error);

/**
 * Age bands "035-054" of one table that those of another fill without gap or overlap: adds the
 * partition. `is_whole`, `is_part` [size of codes] tell which codes the one and the other have; a
 * code that the other has as well is not parted.
 */
void sp_partitions_nest(const SpCodes *codes, gsize column, const gboolean is_whole[],
                        const gboolean is_part[], GPtrArray *partitions);

#endif
