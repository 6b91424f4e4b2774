import Journal

/// What a unit is used as (房屋类型).
public enum UnitKind: String, NamedChoice {
    case residence, shop, parking, storage, other

    public var label: Label {
        switch self {
        case .residence: Label("住宅", en: "residence")
        case .shop: Label("商铺", en: "shop")
        case .parking: Label("车位", en: "parking space")
        case .storage: Label("储藏室", en: "storeroom")
        case .other: Label("其他", en: "other")
        }
    }

    public var synonyms: [String] {
        switch self {
        case .residence: ["住房", "普通住宅", "公寓", "别墅", "洋房", "居住"]
        case .shop: ["店铺", "门面", "底商", "商业", "商用", "门面房"]
        case .parking: ["停车位", "车库", "地下车位", "地上车位", "停车"]
        case .storage: ["储藏间", "储物间", "杂物间", "地下室", "仓库"]
        case .other: ["办公", "写字楼", "配套", "会所"]
        }
    }

    /// What the word of a code says: 商铺-108 is a shop. A unit without such a word is a residence.
    init(of code: UnitCode) {
        let words = code.parts.filter { $0.first?.isIdeograph ?? false }.map(String.init)
        self =
            Self.allCases.first { kind in words.contains { $0 == kind.label.chinese || kind.synonyms.contains($0) } }
            ?? .residence
    }
}
