package import LabDomain
internal import LabTables

/// A manifest as it was handed in: its rows in the order of the domain's columns, and what is
/// wrong with the file as a table.
package struct ManifestFile: Sendable {
    /// The rows that have as many cells as the heading, in the order of the file.
    package let rows: [ManifestRow]
    /// The file's column number of each `ManifestColumn`, from 1; nil where the file lacks it.
    package let columns: [Int?]
    /// Faults of the heading (`.column`) and of rows that could not be kept (`.row`).
    package let faults: [ManifestFault]
    /// What was written in the rows that could not be kept.
    let lostRows: [LostRow]

    /// Whether the heading is right, so that the rows mean what they seem to.
    package var hasSoundHeading: Bool { !faults.contains { $0.code == .column } }

    /// Reads a manifest in UTF-8 with or without a mark, GBK (GB 18030) or marked UTF-16.
    ///
    /// Columns are found by their English or Chinese headings, in any order. The two columns that
    /// `rejects` adds are known and ignored, so that a mended file can be handed in as it is.
    /// - Throws: The one fault for which nothing of the file can be trusted: broken encoding, an
    ///   empty file, a quote that is never closed.
    /// - Complexity: O(*n*) in the bytes.
    package static func read(_ bytes: [UInt8]) throws(ManifestFault) -> ManifestFile {
        let (text, table) = try parse(bytes)
        let heading = ManifestHeading(table)
        var faults = heading.faults
        let broken = table.faults.filter { !$0.isOfHeading }
        faults += broken.map(ManifestFault.init)
        if table.rows.isEmpty, broken.isEmpty {
            faults.append(.noRows(headingLine: table.headerLine))
        }
        return ManifestFile(
            rows: table.rows.map { ManifestRow(line: $0.line, cells: heading.cells(of: $0)) },
            columns: heading.columns, faults: faults,
            lostRows: broken.isEmpty ? [] : LostRow.rows(of: table, in: text))
    }

    /// Decodes and splits a file.
    static func parse(
        _ bytes: [UInt8]
    ) throws(ManifestFault) -> (DecodedText, DelimitedTable) {
        let text: DecodedText
        do throws(EncodingFault) {
            text = try TextDecoding.decode(bytes)
        } catch {
            throw ManifestFault(error, in: bytes)
        }
        do throws(TableFault) {
            return (text, try DelimitedTable.parse(text))
        } catch {
            throw ManifestFault(error)
        }
    }
}
