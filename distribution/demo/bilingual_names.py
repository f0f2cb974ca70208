"""The words of the demo company. Everything here is invented."""

from accounts.enums import ChannelKind

BRANDS = [
    ("LUMEN", "Lumen Hearth", "炉光"),
    ("QINGHE", "Qinghe Tea", "清禾"),
    ("PINETRAIL", "Pinetrail", "松径"),
]

# code, name, Chinese name, parent
CATEGORIES = [
    ("KITCHEN", "Kitchen", "厨房", ""),
    ("KETTLES", "Kettles", "电水壶", "KITCHEN"),
    ("COOKERS", "Rice cookers", "电饭煲", "KITCHEN"),
    ("TEA", "Tea", "茶叶", ""),
    ("GREEN-TEA", "Green tea", "绿茶", "TEA"),
    ("BLACK-TEA", "Black tea", "红茶", "TEA"),
    ("OUTDOOR", "Outdoor", "户外", ""),
    ("FLASKS", "Flasks", "保温杯", "OUTDOOR"),
    ("LUNCH", "Lunch boxes", "饭盒", "OUTDOOR"),
]

# brand, category, code, name, Chinese name, unit cost, list price, multiple
PRODUCTS = [
    ("LUMEN", "KETTLES", "LK", "Kettle", "电水壶", 62, 99, 4),
    ("LUMEN", "KETTLES", "LG", "Glass kettle", "玻璃水壶", 78, 129, 4),
    ("LUMEN", "COOKERS", "LC", "Rice cooker", "电饭煲", 145, 239, 2),
    ("LUMEN", "COOKERS", "LP", "Pressure cooker", "压力锅", 198, 329, 2),
    ("QINGHE", "GREEN-TEA", "QL", "Longjing tea", "龙井茶", 31, 68, 12),
    ("QINGHE", "GREEN-TEA", "QB", "Biluochun tea", "碧螺春", 28, 62, 12),
    ("QINGHE", "BLACK-TEA", "QK", "Keemun tea", "祁门红茶", 24, 55, 12),
    ("QINGHE", "BLACK-TEA", "QD", "Dianhong tea", "滇红茶", 22, 49, 12),
    ("PINETRAIL", "FLASKS", "PF", "Steel flask", "不锈钢保温杯", 34, 69, 6),
    ("PINETRAIL", "FLASKS", "PT", "Travel mug", "旅行杯", 27, 55, 6),
    ("PINETRAIL", "LUNCH", "PL", "Lunch box", "饭盒", 21, 45, 10),
    ("PINETRAIL", "LUNCH", "PB", "Bento set", "便当套装", 36, 75, 10),
]

VARIANTS = [
    ("pearl", "珍珠白"),
    ("slate", "石板灰"),
    ("jade", "青玉"),
    ("amber", "琥珀"),
    ("ink", "墨色"),
    ("rose", "玫瑰"),
    ("sky", "天蓝"),
    ("sand", "沙色"),
    ("moss", "苔绿"),
    ("plum", "梅紫"),
]
SIZES = [("S", "小号", 0.8), ("M", "中号", 1.0), ("L", "大号", 1.3), ("XL", "特大号", 1.6), ("XXL", "家庭装", 2.1)]

# code, name, Chinese name, parent
TERRITORIES = [
    ("CN", "China", "中国", ""),
    ("CN-E", "East China", "华东", "CN"),
    ("CN-N", "North China", "华北", "CN"),
    ("CN-S", "South China", "华南", "CN"),
    ("CN-W", "West China", "西部", "CN"),
    ("SEA", "South-East Asia", "东南亚", ""),
    ("CN-E-SH", "Shanghai", "上海", "CN-E"),
    ("CN-E-JS", "Jiangsu", "江苏", "CN-E"),
    ("CN-E-ZJ", "Zhejiang", "浙江", "CN-E"),
    ("CN-N-BJ", "Beijing", "北京", "CN-N"),
    ("CN-N-SD", "Shandong", "山东", "CN-N"),
    ("CN-S-GD", "Guangdong", "广东", "CN-S"),
    ("CN-S-FJ", "Fujian", "福建", "CN-S"),
    ("CN-W-SC", "Sichuan", "四川", "CN-W"),
    ("CN-W-SX", "Shaanxi", "陕西", "CN-W"),
    ("SEA-SG", "Singapore", "新加坡", "SEA"),
    ("SEA-MY", "Malaysia", "马来西亚", "SEA"),
]

# city, Chinese, territory, country
CITIES = [
    ("Shanghai", "上海", "CN-E-SH", "CN"),
    ("Nanjing", "南京", "CN-E-JS", "CN"),
    ("Suzhou", "苏州", "CN-E-JS", "CN"),
    ("Wuxi", "无锡", "CN-E-JS", "CN"),
    ("Hangzhou", "杭州", "CN-E-ZJ", "CN"),
    ("Ningbo", "宁波", "CN-E-ZJ", "CN"),
    ("Wenzhou", "温州", "CN-E-ZJ", "CN"),
    ("Beijing", "北京", "CN-N-BJ", "CN"),
    ("Jinan", "济南", "CN-N-SD", "CN"),
    ("Qingdao", "青岛", "CN-N-SD", "CN"),
    ("Guangzhou", "广州", "CN-S-GD", "CN"),
    ("Shenzhen", "深圳", "CN-S-GD", "CN"),
    ("Foshan", "佛山", "CN-S-GD", "CN"),
    ("Xiamen", "厦门", "CN-S-FJ", "CN"),
    ("Fuzhou", "福州", "CN-S-FJ", "CN"),
    ("Chengdu", "成都", "CN-W-SC", "CN"),
    ("Mianyang", "绵阳", "CN-W-SC", "CN"),
    ("Xi'an", "西安", "CN-W-SX", "CN"),
    ("Singapore", "新加坡", "SEA-SG", "SG"),
    ("Penang", "槟城", "SEA-MY", "MY"),
]

HOUSES = [
    ("Hengtong", "恒通"),
    ("Ruifeng", "瑞丰"),
    ("Jinda", "锦达"),
    ("Yuanhe", "源和"),
    ("Taihua", "泰华"),
    ("Longsheng", "隆盛"),
    ("Bochuang", "博创"),
    ("Xinrui", "新锐"),
    ("Haoyue", "皓月"),
    ("Wanjia", "万家"),
    ("Dingsheng", "鼎盛"),
    ("Fulin", "福林"),
    ("Guangyi", "广益"),
    ("Jiahe", "嘉禾"),
    ("Mingde", "明德"),
    ("Shunda", "顺达"),
    ("Tianyi", "天一"),
    ("Xinghai", "星海"),
    ("Yongan", "永安"),
    ("Zhongcheng", "众诚"),
    ("Anran", "安然"),
    ("Chunhui", "春晖"),
    ("Donghai", "东海"),
    ("Huayu", "华宇"),
    ("Lianfa", "联发"),
]

FORMS = [
    ("Trading", "贸易", ChannelKind.WHOLESALE),
    ("Stores", "百货", ChannelKind.RETAIL),
    ("Online", "电商", ChannelKind.E_COMMERCE),
    ("Agency", "代理", ChannelKind.AGENT),
    ("Chain", "连锁", ChannelKind.CHAIN),
]

TIERS = [("GOLD", "Gold", "金牌", 1), ("SILVER", "Silver", "银牌", 2), ("BRONZE", "Bronze", "铜牌", 3)]

# code, name, Chinese name, what it covers, in Chinese
DUTIES = [
    (
        "SALES",
        "Sales and plan",
        "销售与计划",
        "Sales plan, month by month attainment, visits, product mix.",
        "销售计划、逐月达成、拜访、品种结构。",
    ),
    (
        "SUPPLY",
        "Orders and supply",
        "订单与供货",
        "Orders approved in a day, goods in time, back orders, returns.",
        "订单一日内审批、供货及时、欠货、退货。",
    ),
    (
        "CREDIT",
        "Credit and payment",
        "信用与回款",
        "Credit limit, overdue debt, statements of account.",
        "信用额度、逾期欠款、对账单。",
    ),
    (
        "SERVICE",
        "Complaints and service",
        "投诉与服务",
        "Complaints answered in time, service quality.",
        "投诉按时答复、服务质量。",
    ),
    (
        "MARKET",
        "Market and promotion",
        "市场与促销",
        "Promotions, funds, display, competitors' prices.",
        "促销、费用、陈列、竞品价格。",
    ),
]

PEOPLE = [
    "Lin Wei",
    "Chen Jing",
    "Zhao Ming",
    "Sun Yue",
    "Wu Tao",
    "Zhou Lan",
    "Xu Feng",
    "Ma Li",
    "Gao Rui",
    "He Qian",
]

# The shares of the twelve months: before Spring Festival and in November the channel fills up.
SEASON = [14, 7, 8, 8, 9, 10, 7, 7, 9, 9, 15, 12]

COMPLAINTS = [
    ("Parcel arrived damaged", "Two cartons were wet and the boxes inside torn."),
    ("Wrong article delivered", "The consumer ordered jade and was sent slate."),
    ("No answer to a warranty question", "Asked three times in two weeks."),
    ("Price above the agreed one", "The shop charged more than the promotion said."),
]
