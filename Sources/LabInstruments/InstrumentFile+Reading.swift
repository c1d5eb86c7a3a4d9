package import LabDomain
internal import LabTables

extension InstrumentFile {
    /// What a reader may be told besides the file.
    package struct Options: Sendable {
        /// The run that is wanted of a file with several: its id, or its number from 1.
        package var run: String?
        /// The plate, where a file numbers its wells and does not say how many there are.
        package var plate: PlateFormat?

        /// Nothing told, or what is.
        package init(run: String? = nil, plate: PlateFormat? = nil) {
            self.run = run
            self.plate = plate
        }
    }

    /// Reads an instrument's file; which kind it is, its content says.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - options: What the user told besides.
    /// - Returns: What the file holds.
    /// - Throws: `InstrumentFaults` with the place of each fault; nothing is read from the file.
    package static func read(
        _ bytes: [UInt8], options: Options = Options()
    ) throws(InstrumentFaults) -> InstrumentFile {
        guard !bytes.isEmpty else { throw InstrumentFaults("the file is empty") }
        var file = try read(outer: bytes, options)
        file.markCurves()
        return file.brief()
    }

    private static func read(
        outer bytes: [UInt8], _ options: Options
    ) throws(InstrumentFaults) -> InstrumentFile {
        if bytes.starts(with: [0x50, 0x4B]) { return try readArchive(bytes, options) }
        if GzipText.isGzip(bytes) {
            return try read(inner: try GzipText.unpack(bytes), options)
        }
        return try read(inner: bytes, options)
    }

    private static func read(
        inner bytes: [UInt8], _ options: Options
    ) throws(InstrumentFaults) -> InstrumentFile {
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw InstrumentFaults(
                "an old or an encrypted Excel file; save it as .xlsx without a password")
        }
        if bytes.starts(with: [0x50, 0x4B]) || GzipText.isGzip(bytes) {
            throw InstrumentFaults("an archive in an archive; unpack it first")
        }
        let opening = bytes.drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
        if opening.first == 0x3C {
            return try RDMLReader.read(bytes, entry: "XML", run: options.run)
        }
        return try TextFileReader.read(bytes, options)
    }

    private static func readArchive(
        _ bytes: [UInt8], _ options: Options
    ) throws(InstrumentFaults) -> InstrumentFile {
        let archive = try ZipArchive(bytes)
        if archive.names.contains("xl/workbook.xml") {
            return try WorkbookReader.read(archive, options)
        }
        if let entry = archive.names.first(where: { $0.hasPrefix("apldbio/") }), !entry.isEmpty {
            return try EDSReader.read(archive, options)
        }
        // Some programs call the document otherwise than the format notes do.
        let documents = archive.names.filter {
            $0.lowercased().hasSuffix(".xml") && !$0.hasPrefix("__MACOSX")
        }
        let name = documents.contains("rdml_data.xml") ? "rdml_data.xml" : documents.first
        if let name, documents.count == 1 || name == "rdml_data.xml",
            let document = try archive.entry(name)
        {
            return try RDMLReader.read(document, entry: name, run: options.run)
        }
        if archive.names.contains(where: { $0.hasPrefix("primary/") || $0.hasSuffix(".json") }) {
            throw InstrumentFaults(
                "an experiment of Design & Analysis itself; export its results as .xlsx")
        }
        throw InstrumentFaults(
            "an archive that is neither RDML, EDS nor a workbook; export the run's results")
    }
}
