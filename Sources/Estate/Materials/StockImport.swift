import Journal

extension Materials {
    /// Opening balances: a row for each item, with its quantity and value.
    static let stockImport = ImportKind(
        "stock", Label("物资", en: "Stock"), identity: ["sku"],
        headers: [
            "sku": ["编号", "物料编号", "物料编码", "物资编码", "存货编码", "材料编号", "货号", "代码"],
            "name": ["物资名称", "材料名称", "物料名称", "存货名称", "货品名称", "名称", "品名规格"],
            "unit": ["计量单位", "单位名称"],
            "kind": ["物资类别", "材料类别", "种类", "类型"],
            "quota": ["定额", "月领用定额"],
            "min": ["最低储备", "安全库存", "库存下限", "下限", "最低"],
            "max": ["最高储备", "库存上限", "上限", "最高"],
            "place": ["库位", "货位", "仓位", "位置", "存放地点", "货架"],
            "opening": ["数量", "库存", "库存数量", "结存", "结存数量", "帐面数", "账面数", "账面数量", "期初", "期初库存"],
            "value": ["金额", "库存金额", "结存金额", "帐面金额", "账面金额"],
            "price": ["进价", "成本价", "含税单价", "平均单价"],
        ], isOnceAFile: true,
        sums: { (rows: [SetStockItem]) in
            let quantity = StockQuantity.sum(of: rows.map { $0.opening?.scaled ?? 0 }).text
            let value = rows.reduce(Money.zero) { $0 + ($1.openingValue ?? .zero) }.grouped
            return Label("期初数量合计 \(quantity)，金额合计 \(value) 元", en: "\(quantity) in all, worth \(value)")
        },
        omitted: { estate in
            let count = estate.materials.items.values.count { $0.lent.scaled > 0 }
            return count == 0
                ? nil : Label("\(count) 种物资有借出未还的，不在文件里", en: "what is lent of \(count) items is not in the file")
        }
    ) { estate in
        estate.materials.items.values.map { item -> (action: SetStockItem, at: Moment?) in
            let isThere = item.ledger.quantity > 0
            return (
                SetStockItem(
                    sku: item.number, name: item.name, unit: item.measure, kind: item.kind, quota: item.quota,
                    min: item.least, max: item.most, place: item.place, opening: isThere ? item.onHand : nil,
                    value: isThere ? item.value : nil), nil
            )
        }
    }

    /// The filled-in sheet of a stocktake. What was not counted is left open, and passed over.
    static let countImport = ImportKind(
        "stockcounts", Label("盘点数", en: "Counts"), identity: ["sku", "at"],
        headers: [
            // As the sheet of a stocktake has them, in both languages and in its keys, and as offices write them.
            "sku": ["物资编号", "Number", "编号", "物料编号", "物料编码"],
            "qty": ["count", "实盘", "实盘数量", "盘点数", "盘点数量"], "card": ["卡片", "卡片数量", "卡数"],
            "at": ["time", "Counted at", "盘点时刻", "盘点时间", "盘点日期"],
        ], isOnceAFile: true, hiddenFrom: Materials.openCountsHiddenFrom, passesOver: { $0["qty"] == nil }
    ) { estate in
        estate.materials.items.values.compactMap { item -> (action: CountStock, at: Moment?)? in
            guard let count = item.count.flatMap({ estate.materials.counts[$0] }) else { return nil }
            return (CountStock(sku: item.number, qty: count.counted, card: count.card?.quantity), count.at)
        }
    }
}
