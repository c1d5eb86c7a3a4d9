/* The bare loop that `swabline manifest register` is measured against.
 *
 *     insert_rows DATABASE ROWS
 *
 * inserts the rows of a file that `save-rows` wrote into a laboratory's database: in one
 * transaction, with statements prepared once, in swabline's own order, and as safely: foreign
 * keys on, WAL, synchronous FULL. The last connection leaves no write-ahead log behind, as
 * swabline's does.
 *
 * It is as fast as a program can be that leaves the same database behind. It reads no CSV, checks,
 * seals, hashes and looks up nothing, and its rows lie in one flat file that is mapped into memory:
 * reading them out of a database would be timed too, and would flatter swabline. No setting of
 * SQLite is made beyond those above, because swabline makes no others.
 */

#include <fcntl.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_STATEMENTS = 32 };

struct input {
    const char *at;
    const char *end;
};

struct statement {
    sqlite3_stmt *insert;
    uint32_t columns;
};

static void fail(const char *what, const char *why) {
    fprintf(stderr, "insert_rows: %s: %s\n", what, why);
    exit(1);
}

/* The next bytes of the file. */
static const char *take(struct input *input, size_t count) {
    const char *start = input->at;
    if ((size_t)(input->end - start) < count) fail("rows", "the file is cut off");
    input->at += count;
    return start;
}

static uint32_t take_number(struct input *input) {
    uint32_t number;
    memcpy(&number, take(input, sizeof number), sizeof number);
    return number;
}

static struct input map(const char *path) {
    struct stat status;
    int file = open(path, O_RDONLY);
    if (file < 0 || fstat(file, &status) != 0) fail(path, "cannot be opened");
    size_t size = (size_t)status.st_size;
    const char *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (bytes == MAP_FAILED) fail(path, "cannot be mapped");
    close(file);
    return (struct input){bytes, bytes + size};
}

static void run(sqlite3 *database, const char *sql) {
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail(sql, sqlite3_errmsg(database));
}

/* Fails unless a setting is what both programs promise. */
static void expect(sqlite3 *database, const char *pragma, const char *value) {
    sqlite3_stmt *question;
    if (sqlite3_prepare_v2(database, pragma, -1, &question, NULL) != SQLITE_OK ||
        sqlite3_step(question) != SQLITE_ROW ||
        strcmp((const char *)sqlite3_column_text(question, 0), value) != 0)
        fail(pragma, "is not what it must be");
    sqlite3_finalize(question);
}

static uint32_t prepare(sqlite3 *database, struct input *input, struct statement *statements) {
    uint32_t count = take_number(input);
    if (count > MOST_STATEMENTS) fail("rows", "too many statements");
    for (uint32_t index = 0; index < count; index++) {
        statements[index].columns = take_number(input);
        uint32_t length = take_number(input);
        const char *sql = take(input, length);
        if (sqlite3_prepare_v3(database, sql, (int)length, SQLITE_PREPARE_PERSISTENT,
                               &statements[index].insert, NULL) != SQLITE_OK)
            fail("prepare", sqlite3_errmsg(database));
    }
    return count;
}

/* Values are bound where they lie: nothing is copied but into the database's pages. */
static void bind(struct input *input, sqlite3_stmt *insert, int column) {
    char letter = *take(input, 1);
    if (letter == 'n') {
        sqlite3_bind_null(insert, column);
    } else if (letter == 'i') {
        int64_t number;
        memcpy(&number, take(input, sizeof number), sizeof number);
        sqlite3_bind_int64(insert, column, number);
    } else if (letter == 't' || letter == 'b') {
        int length = (int)take_number(input);
        const char *content = take(input, (size_t)length);
        if (letter == 't')
            sqlite3_bind_text(insert, column, content, length, SQLITE_STATIC);
        else
            sqlite3_bind_blob(insert, column, content, length, SQLITE_STATIC);
    } else {
        fail("rows", "a value of no known kind");
    }
}

int main(int count, char **arguments) {
    if (count != 3) {
        fprintf(stderr, "usage: insert_rows DATABASE ROWS\n");
        return 2;
    }
    struct input input = map(arguments[2]);
    sqlite3 *database;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(arguments[1], &database, flags, NULL) != SQLITE_OK)
        fail(arguments[1], sqlite3_errmsg(database));
    run(database, "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL");
    expect(database, "PRAGMA journal_mode", "wal");
    expect(database, "PRAGMA synchronous", "2");
    expect(database, "PRAGMA foreign_keys", "1");

    struct statement statements[MOST_STATEMENTS];
    uint32_t known = prepare(database, &input, statements);
    run(database, "BEGIN IMMEDIATE");
    while (input.at < input.end) {
        uint32_t index = take_number(&input);
        if (index >= known) fail("rows", "a row of no known statement");
        struct statement statement = statements[index];
        for (uint32_t column = 1; column <= statement.columns; column++)
            bind(&input, statement.insert, (int)column);
        if (sqlite3_step(statement.insert) != SQLITE_DONE)
            fail("insert", sqlite3_errmsg(database));
        sqlite3_reset(statement.insert);
    }
    run(database, "COMMIT");
    for (uint32_t index = 0; index < known; index++) sqlite3_finalize(statements[index].insert);
    if (sqlite3_close(database) != SQLITE_OK) fail("close", sqlite3_errmsg(database));
    return 0;
}
