"""The words of the demo company. Everything here is invented."""

from collections.abc import Sequence
from typing import NamedTuple

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

# brand, category, code, name, Chinese name, unit cost, list price, multiple, key of SIZES, key of VARIANTS
PRODUCTS = [
    ("LUMEN", "KETTLES", "LK", "Steel kettle", "不锈钢电水壶", 62, 99, 4, "KETTLE", "COLOUR"),
    ("LUMEN", "KETTLES", "LG", "Glass kettle", "玻璃电水壶", 78, 129, 4, "KETTLE", "COLOUR"),
    ("LUMEN", "COOKERS", "LC", "Rice cooker", "电饭煲", 145, 239, 2, "COOKER", "COLOUR"),
    ("LUMEN", "COOKERS", "LP", "Pressure cooker", "电压力锅", 198, 329, 2, "COOKER", "COLOUR"),
    ("QINGHE", "GREEN-TEA", "QL", "Longjing tea", "西湖龙井", 31, 68, 12, "TEA", "GRADE"),
    ("QINGHE", "GREEN-TEA", "QB", "Biluochun tea", "洞庭碧螺春", 28, 62, 12, "TEA", "GRADE"),
    ("QINGHE", "BLACK-TEA", "QK", "Keemun tea", "祁门红茶", 24, 55, 12, "TEA", "GRADE"),
    ("QINGHE", "BLACK-TEA", "QD", "Dianhong tea", "滇红工夫", 22, 49, 12, "TEA", "GRADE"),
    ("PINETRAIL", "FLASKS", "PF", "Vacuum flask", "不锈钢保温杯", 34, 69, 6, "FLASK", "COLOUR"),
    ("PINETRAIL", "FLASKS", "PT", "Travel mug", "车载旅行杯", 27, 55, 6, "FLASK", "COLOUR"),
    ("PINETRAIL", "LUNCH", "PL", "Lunch box", "保鲜饭盒", 21, 45, 10, "LUNCH", "COLOUR"),
    ("PINETRAIL", "LUNCH", "PB", "Bento set", "分格便当盒", 36, 75, 10, "LUNCH", "COLOUR"),
]

# What an article is told apart by: name, Chinese name.
VARIANTS = {
    "COLOUR": [
        ("pearl white", "珍珠白"),
        ("slate grey", "石板灰"),
        ("jade green", "青玉绿"),
        ("amber", "琥珀棕"),
        ("ink black", "墨黑"),
        ("rose", "玫瑰粉"),
        ("sky blue", "天蓝"),
        ("sand", "沙色"),
        ("moss green", "苔绿"),
        ("plum", "梅紫"),
    ],
    "GRADE": [
        ("superior", "特级"),
        ("first grade", "一级"),
        ("second grade", "二级"),
        ("third grade", "三级"),
        ("first picking superior", "头采特级"),
        ("first picking first grade", "头采一级"),
        ("organic superior", "有机特级"),
        ("organic first grade", "有机一级"),
        ("hand-made superior", "手工特级"),
        ("everyday", "口粮茶"),
    ],
}
# Its size: name, Chinese name, unit, and how much dearer than the middle one.
SIZES = {
    "TEA": [
        ("250 g tin", "250g 罐装", "tin", 1.0),
        ("125 g tin", "125g 罐装", "tin", 0.6),
        ("500 g bag", "500g 袋装", "bag", 1.6),
        ("50 g box", "50g 盒装", "box", 0.4),
        ("250 g gift box", "250g 礼盒", "box", 1.5),
    ],
    "KETTLE": [
        ("1.5 l", "1.5L", "pcs", 1.0),
        ("1.2 l", "1.2L", "pcs", 0.9),
        ("1.7 l", "1.7L", "pcs", 1.1),
        ("0.8 l", "0.8L", "pcs", 0.8),
        ("2.0 l", "2.0L", "pcs", 1.3),
    ],
    "COOKER": [
        ("4 l", "4L", "pcs", 1.0),
        ("3 l", "3L", "pcs", 0.9),
        ("5 l", "5L", "pcs", 1.2),
        ("2 l", "2L", "pcs", 0.8),
        ("6 l", "6L", "pcs", 1.4),
    ],
    "FLASK": [
        ("500 ml", "500ml", "pcs", 1.0),
        ("350 ml", "350ml", "pcs", 0.8),
        ("750 ml", "750ml", "pcs", 1.3),
        ("420 ml", "420ml", "pcs", 0.9),
        ("1 l", "1L", "pcs", 1.6),
    ],
    "LUNCH": [
        ("two tiers", "双层", "set", 1.0),
        ("single tier", "单层", "set", 0.7),
        ("three tiers", "三层", "set", 1.4),
        ("child's size", "儿童款", "set", 0.8),
        ("family set", "家庭装", "set", 2.1),
    ],
}


DISTINCT = 50
"""So many products of an article differ in size or variant: five sizes in ten colours or grades."""


def size_of(index: int, sizes: str) -> tuple[str, str, str, float]:
    """The size of the product of that number: all sizes of a variant follow one another."""
    among = SIZES[sizes]
    return among[index // len(PRODUCTS) % len(among)]


def values_of(index: int) -> tuple[tuple[str, str], tuple[str, str, str, float]]:
    """The variant and the size of the product of that number."""
    article = PRODUCTS[index % len(PRODUCTS)]
    size = size_of(index, article[8])
    kinds = VARIANTS[article[9]]
    return kinds[index // len(PRODUCTS) // len(SIZES[article[8]]) % len(kinds)], size


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

# The brand's own people and those of the first distributor: role, name, Chinese name.
STAFF = [
    ("administrator", "Tang Ning", "唐宁"),
    ("director", "Fang Yuan", "方远"),
    ("warehouse", "Wen Bo", "温博"),
    ("finance", "Fei Min", "费敏"),
]
DISTRIBUTOR_STAFF = {
    "owner": ("Shen Jian", "沈健"),
    "buyer": ("Qian Lei", "钱蕾"),
    "keeper": ("Tao Jun", "陶俊"),
    "accountant": ("Yu Fang", "余芳"),
}

# Managers have one of each: a thousand people without a namesake.
SURNAMES = [
    ("Lin", "林"), ("Chen", "陈"), ("Zhao", "赵"), ("Sun", "孙"), ("Wu", "吴"), ("Zhou", "周"), ("Xu", "徐"), ("Ma", "马"),
    ("Gao", "高"), ("He", "何"), ("Guo", "郭"), ("Luo", "罗"), ("Liang", "梁"), ("Song", "宋"), ("Zheng", "郑"), ("Xie", "谢"),
    ("Han", "韩"), ("Tang", "唐"), ("Feng", "冯"), ("Yu", "于"), ("Dong", "董"), ("Cheng", "程"), ("Cao", "曹"), ("Yuan", "袁"),
    ("Deng", "邓"), ("Xiao", "萧"), ("Tian", "田"), ("Pan", "潘"), ("Jiang", "蒋"), ("Cai", "蔡"), ("Du", "杜"), ("Ding", "丁"),
]  # fmt: skip
GIVEN_NAMES = [
    ("Wei", "伟"), ("Jing", "静"), ("Ming", "明"), ("Yue", "悦"), ("Tao", "涛"), ("Lan", "兰"), ("Feng", "峰"), ("Li", "丽"),
    ("Rui", "睿"), ("Qian", "倩"), ("Hao", "浩"), ("Na", "娜"), ("Lei", "磊"), ("Ting", "婷"), ("Gang", "刚"), ("Xin", "欣"),
    ("Bin", "斌"), ("Yan", "燕"), ("Jie", "杰"), ("Hui", "慧"), ("Chao", "超"), ("Min", "敏"), ("Peng", "鹏"), ("Xia", "霞"),
    ("Kai", "凯"), ("Qin", "琴"), ("Yong", "勇"), ("Mei", "梅"), ("Bo", "博"), ("Fang", "芳"), ("Jun", "军"),
]  # fmt: skip


def manager_name(index: int) -> tuple[str, str]:
    """The name of the manager of that number in both scripts.

    Thirty-two surnames and thirty-one given names share no divisor, so that the pairs repeat after 992.
    """
    surname, surname_zh = SURNAMES[index % len(SURNAMES)]
    given, given_zh = GIVEN_NAMES[index % len(GIVEN_NAMES)]
    more = index // (len(SURNAMES) * len(GIVEN_NAMES))
    return f"{surname} {given}{f' {more + 1}' if more else ''}", f"{surname_zh}{given_zh}{more + 1 if more else ''}"


class Words(NamedTuple):
    """What people of the demo company wrote, which nobody translates."""

    complaints: Sequence[tuple[str, str]]
    hold: str
    cancelled: str
    short: str
    returned: str


WORDS = {
    "en": Words(
        complaints=[
            ("Parcel arrived damaged", "Two cartons were wet and the boxes inside torn."),
            ("Wrong article delivered", "The customer ordered jade green and was sent slate grey."),
            ("No answer to a warranty question", "Asked three times in two weeks."),
            ("Price above the agreed one", "The invoice shows more than the promotion promised."),
        ],
        hold="Unusual quantity, please confirm",
        cancelled="Cancelled by the distributor",
        short="One carton damaged",
        returned="Damaged in transit",
    ),
    "zh-hans": Words(
        complaints=[
            ("到货外箱破损", "两箱被雨淋湿，内盒破裂。"),
            ("发错颜色", "客户订的是青玉绿，收到石板灰。"),
            ("保修问题无人答复", "两周内问了三次，没有回音。"),
            ("结算价高于促销价", "账单金额高于促销通知的价格。"),
        ],
        hold="数量异常，请确认",
        cancelled="经销商取消",
        short="一箱破损",
        returned="运输途中破损",
    ),
}
