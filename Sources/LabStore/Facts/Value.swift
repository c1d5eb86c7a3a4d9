internal import GRDB
internal import GRDBSQLite

/// A value of a hot statement, bound without GRDB's wrapping, which costs as much as SQLite's own
/// work on a row.
enum Value {
    case number(Int64)
    case text(String)
    case bytes([UInt8])
    /// Text that is UTF-8 already.
    case utf8([UInt8])
    case null
}

extension Database {
    /// Runs a statement that is prepared once and kept and that gives no rows.
    func run(_ sql: String, _ values: [Value]) throws {
        let statement = try cachedStatement(sql: sql).sqliteStatement
        defer { sqlite3_reset(statement) }
        for (index, value) in values.enumerated() { value.bind(to: statement, Int32(index + 1)) }
        let code = sqlite3_step(statement)
        guard code == SQLITE_DONE else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code), message: lastErrorMessage, sql: sql)
        }
    }
}

extension Value {
    fileprivate func bind(to statement: OpaquePointer, _ index: Int32) {
        // SQLITE_TRANSIENT: SQLite keeps a copy of its own.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch self {
        case .number(let number): sqlite3_bind_int64(statement, index, number)
        case .null: sqlite3_bind_null(statement, index)
        case .text(var text):
            text.withUTF8 { Self.bind($0, to: statement, index, transient) }
        case .utf8(let bytes):
            bytes.withUnsafeBufferPointer { Self.bind($0, to: statement, index, transient) }
        case .bytes(let bytes):
            // A null address would bind NULL instead of nothing.
            if bytes.isEmpty {
                sqlite3_bind_zeroblob(statement, index, 0)
            } else {
                bytes.withUnsafeBytes {
                    _ = sqlite3_bind_blob(
                        statement, index, $0.baseAddress, Int32($0.count), transient)
                }
            }
        }
    }

    private static func bind(
        _ utf8: UnsafeBufferPointer<UInt8>, to statement: OpaquePointer, _ index: Int32,
        _ transient: sqlite3_destructor_type
    ) {
        guard !utf8.isEmpty else {
            sqlite3_bind_text(statement, index, "", 0, transient)
            return
        }
        utf8.withMemoryRebound(to: CChar.self) {
            _ = sqlite3_bind_text(
                statement, index, $0.baseAddress, Int32($0.count), transient)
        }
    }
}
