/// The columns of a manifest, in the order in which the template writes them.
package enum ManifestColumn: Int, CaseIterable, Sendable {
    case tube
    case kind
    case unit
    case site
    case box
    case collectedAt
    case risk
    case name
    case documentType
    case documentNumber
    case sex
    case birthDate
    case telephone
    case address
    case place

    /// The heading in the file.
    package var heading: String {
        switch self {
        case .tube: "tube"
        case .kind: "kind"
        case .unit: "unit"
        case .site: "site"
        case .box: "box"
        case .collectedAt: "collected_at"
        case .risk: "risk"
        case .name: "name"
        case .documentType: "document_type"
        case .documentNumber: "document_number"
        case .sex: "sex"
        case .birthDate: "birth_date"
        case .telephone: "telephone"
        case .address: "address"
        case .place: "place"
        }
    }

    /// The heading that Chinese sampling teams use.
    package var chineseHeading: String {
        switch self {
        case .tube: "试管编号"
        case .kind: "采样方式"
        case .unit: "送检单位"
        case .site: "采样点"
        case .box: "箱号"
        case .collectedAt: "采样时间"
        case .risk: "风险等级"
        case .name: "姓名"
        case .documentType: "证件类型"
        case .documentNumber: "证件号码"
        case .sex: "性别"
        case .birthDate: "出生日期"
        case .telephone: "联系电话"
        case .address: "住址"
        case .place: "采样位置"
        }
    }

    /// Whether a manifest without this column is refused.
    package var isRequired: Bool {
        switch self {
        case .tube, .kind, .unit, .collectedAt, .name, .documentNumber: true
        default: false
        }
    }
}

/// One line of a manifest: one person, or one specimen of the environment.
package struct ManifestRow: Sendable {
    /// The line of the file on which the row begins, the heading being line 1.
    package let line: Int
    /// Cells in the order of `ManifestColumn`; a column that the file lacks is empty.
    package let cells: [String]

    /// A row whose cells are in the order of `ManifestColumn`; cells that hold nothing but blanks
    /// (which quotes can keep) count as empty.
    package init(line: Int, cells: [String]) {
        self.line = line
        self.cells =
            cells.contains(where: CellText.isBlank)
            ? cells.map { CellText.isBlank($0) ? "" : $0 } : cells
    }

    package subscript(_ column: ManifestColumn) -> String { cells[column.rawValue] }
}
