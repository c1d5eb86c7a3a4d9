internal import LabDomain
internal import LabTables

/// Reads the file of a pooled campaign: `sample_no,pool_no,pool_ct,individual_ct`.
package enum CampaignFile {
    /// Reads a campaign.
    ///
    /// A pool is positive when its Ct is a number; `Negative` may be written in any case. An empty
    /// `individual_ct` means that the sample was not tested by itself. Lines of a pool need not
    /// follow each other.
    /// - Parameter bytes: The file, in any encoding that tables come in.
    /// - Returns: The campaign, its pools in the order of the file.
    /// - Throws: `CampaignFaults` with every fault; nothing is read from a faulty file.
    package static func read(_ bytes: [UInt8]) throws(CampaignFaults) -> Campaign {
        let table: DelimitedTable
        do throws(CampaignFault) {
            table = try parse(bytes)
        } catch {
            throw CampaignFaults(faults: [error])
        }
        let columns = Columns(
            header: table.header, headerLine: table.headerLine, required: headings)
        var faults = (table.faults + columns.faults).map { fault in
            CampaignFault(line: fault.line, column: fault.columnNumber, .table(fault))
        }
        if headings.contains(where: { columns[$0] == nil }) {
            throw CampaignFaults(faults: faults)
        }
        var builder = CampaignBuilder(columns: columns)
        for row in table.rows { builder.take(row) }
        faults += builder.faults
        if table.rows.isEmpty, faults.isEmpty {
            faults.append(CampaignFault(line: table.headerLine, .noRows))
        }
        guard faults.isEmpty else {
            throw CampaignFaults(
                faults: faults.sorted { ($0.line, $0.column ?? 0) < ($1.line, $1.column ?? 0) })
        }
        return Campaign(pools: builder.pools)
    }

    static let headings = ["sample_no", "pool_no", "pool_ct", "individual_ct"]

    private static func parse(_ bytes: [UInt8]) throws(CampaignFault) -> DelimitedTable {
        let text: DecodedText
        do throws(EncodingFault) {
            text = try TextDecoding.decode(bytes)
        } catch {
            throw CampaignFault(line: error.line, .encoding(error))
        }
        do throws(TableFault) {
            return try DelimitedTable.parse(text)
        } catch {
            throw CampaignFault(line: error.line, .table(error))
        }
    }
}

extension TableFault {
    /// The number of the column that is meant, where one is.
    var columnNumber: Int? {
        if case .column(_, let number) = place { number } else { nil }
    }
}
