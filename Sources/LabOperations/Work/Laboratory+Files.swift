internal import Foundation
package import LabDomain
internal import LabProgramme
internal import LabSecrets
internal import LabStore

extension Laboratory {
    /// Makes a laboratory: a database, a key file beside it that its owner alone can read, and the
    /// first administrator.
    ///
    /// `settings` and `programme` are YAML; nil takes the shipped ones. When anything fails,
    /// neither file is left behind.
    package static func make(
        at path: String, keyFile: String, settings: String?, programme: String?,
        administrator: String, at now: Timestamp
    ) throws -> (Laboratory, MakeLaboratory.Answer) {
        let make = MakeLaboratory(
            settings: try settings ?? ShippedRules.laboratory.text(),
            programme: try programme ?? ShippedRules.jingdezhen.text(),
            administrator: administrator)
        try make.check()
        guard !FileManager.default.fileExists(atPath: path) else {
            throw StoreFault.exists(path: path)
        }
        let key = SecretKey.generate()
        try key.create(at: keyFile)
        do {
            let vault = Vault(key)
            return try make.perform(
                in: try Store.create(at: path, vault: vault), vault: vault, at: now)
        } catch {
            for file in [path, path + "-wal", path + "-shm", keyFile] {
                try? FileManager.default.removeItem(atPath: file)
            }
            throw error
        }
    }

    /// Opens a laboratory with its key file.
    package static func open(at path: String, keyFile: String) throws -> Laboratory {
        guard FileManager.default.fileExists(atPath: path) else {
            throw StoreFault.missing(path: path)
        }
        let vault = Vault(try SecretKey.load(from: keyFile))
        return Laboratory(store: try Store.open(at: path, vault: vault), vault: vault)
    }

    /// A laboratory in memory with the shipped settings or others, for rehearsals and tests.
    package static func inMemory(
        settings: String? = nil, programme: String? = nil, administrator: String,
        key: [UInt8]? = nil, at now: Timestamp
    ) throws -> Laboratory {
        let vault = Vault(key.flatMap { SecretKey(bytes: $0) } ?? .generate())
        let make = MakeLaboratory(
            settings: try settings ?? ShippedRules.laboratory.text(),
            programme: try programme ?? ShippedRules.jingdezhen.text(),
            administrator: administrator)
        return try make.perform(in: try Store.inMemory(vault: vault), vault: vault, at: now).0
    }
}
